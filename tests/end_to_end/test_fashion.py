"""The fashion chain looks like one, by its clean tables."""

import pytest


@pytest.fixture(scope="module")
def clean(fashion):
    return fashion.lake.open()


def one(connection, sql):
    return connection.execute(sql).fetchone()


def test_many_look_and_few_buy_little_at_a_time(clean):
    conversion, lines = one(
        clean,
        """SELECT (SELECT count(transaction_id) / count(*) FROM visit WHERE mission IS NOT NULL),
                  (SELECT count(*) / count(DISTINCT transaction_id) FROM transaction_line
                   WHERE kind = 'SALE')""",
    )
    assert 0.15 < conversion < 0.3
    assert 1.5 < lines < 3


def test_a_tenth_of_what_stores_sell_comes_back_and_a_third_of_what_is_ordered(clean):
    shares = dict(
        clean.execute(
            """SELECT channel <> 'STORE', count(*) FILTER (kind = 'RETURN') /
                      count(*) FILTER (kind = 'SALE') FROM transaction GROUP BY ALL"""
        ).fetchall()
    )
    assert 0.08 < shares[False] < 0.12
    assert 0.25 < shares[True] < 0.33


def test_margins_are_high_and_a_quarter_of_the_card_holders_orders_is_online(clean):
    margin = one(
        clean,
        """SELECT 1 - sum(unit_cost * quantity) / sum(net) FROM transaction_line
           WHERE kind = 'SALE'""",
    )[0]
    online = one(
        clean,
        """SELECT avg((channel <> 'STORE')::INT) FROM transaction
           WHERE kind = 'SALE' AND customer_id IS NOT NULL""",
    )[0]
    assert 0.45 < margin < 0.65
    assert 0.22 < online < 0.34


def test_sales_are_in_january_and_july(clean):
    months = clean.execute(
        """SELECT month(business_date) FROM transaction_line WHERE kind = 'SALE'
           GROUP BY 1 ORDER BY sum(discount) / sum(gross) DESC LIMIT 3"""
    ).fetchall()
    assert {1, 7} < {month for (month,) in months}


@pytest.mark.parametrize(
    ("category", "high", "low"),
    [
        ("Women's Coats & Jackets", (10, 11, 12), (5, 6, 7)),
        ("Swimwear", (5, 6, 7), (10, 11, 12)),
        ("Boots", (10, 11, 12), (5, 6, 7)),
    ],
)
def test_clothes_have_their_season(category, high, low, clean):
    units = dict(
        clean.execute(
            """SELECT month(business_date), sum(quantity) FROM transaction_line
               JOIN product USING (product_id) WHERE kind = 'SALE' AND category = $1 GROUP BY 1""",
            [category],
        ).fetchall()
    )
    assert sum(units.get(month, 0) for month in high) > 3 * sum(units.get(m, 0) for m in low)


def test_every_price_cut_before_a_product_leaves_is_deeper_than_the_week_before(clean):
    rows = clean.execute(
        """SELECT (delisted_on - business_date) // 7 AS weeks_left,
                  sum(line.discount) / sum(line.gross)
           FROM transaction_line line JOIN product USING (product_id)
           WHERE kind = 'SALE' AND promo_id IS NULL AND discount > 0 AND delisted_on IS NOT NULL
           GROUP BY 1 ORDER BY 1"""
    ).fetchall()
    assert [weeks for weeks, _ in rows] == [0, 1, 2, 3, 4, 5]
    depths = [float(depth) for _, depth in rows]
    assert depths == sorted(depths, reverse=True)
    assert 0.5 < depths[0] < 0.65


def test_goods_of_a_season_are_sold_in_it_only(clean):
    assert one(
        clean,
        """SELECT count(*) FROM transaction_line JOIN product USING (product_id)
           WHERE kind = 'SALE' AND (business_date < launched_on OR business_date > delisted_on)""",
    ) == (0,)
