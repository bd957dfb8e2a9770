"""Orders online and collected ones: in the feed, in the KPIs, and the same for everybody else."""

import pytest
from conftest import without_defects
from harness import EVENTS, SCENARIOS, Feed, connect, digests, retailsim

OMNICHANNEL = SCENARIOS / "omnichannel.toml"


@pytest.fixture(scope="module")
def feed(tmp_path_factory) -> Feed:
    """What is true of the chain: its feed without defects."""
    folder = tmp_path_factory.mktemp("flawless_omnichannel")
    retailsim("simulate", without_defects(folder, OMNICHANNEL), "--out", folder / "feed")
    return Feed(folder / "feed")


@pytest.fixture(scope="module")
def chain(feed):
    connection = connect()
    feed.open(connection, schema="feed")
    connection.execute("USE feed")
    return connection


def one(connection, sql):
    return connection.execute(sql).fetchone()


@pytest.mark.parametrize(("year", "low", "high"), [(2024, 0.07, 0.12), (2025, 0.10, 0.17)])
def test_orders_online_grow_from_year_to_year(year, low, high, chain):
    online, collected = one(
        chain,
        f"""SELECT avg((channel <> 'STORE')::INT),
                   avg((channel = 'CLICK_AND_COLLECT')::INT) FILTER (channel <> 'STORE')
            FROM transaction WHERE kind = 'SALE' AND customer_id IS NOT NULL
            AND year(business_date) = {year}""",
    )
    assert low < online < high
    assert 0.55 < collected < 0.65


def test_collected_orders_are_visits_and_those_sent_home_are_none(chain):
    rows = chain.execute(
        """SELECT channel, mission, count(*), count(visit_id) FROM transaction
           LEFT JOIN visit USING (transaction_id) WHERE kind = 'SALE' GROUP BY ALL ORDER BY ALL"""
    ).fetchall()
    missions = {(channel, mission) for channel, mission, _, _ in rows}
    assert missions == {
        ("CLICK_AND_COLLECT", "PICKUP"),
        ("ONLINE", None),
        ("STORE", "FILL_IN"),
        ("STORE", "STOCK_UP"),
    }
    for channel, _, sales, visits in rows:
        assert visits == (0 if channel == "ONLINE" else sales)
    assert one(
        chain, "SELECT count(*) FROM visit WHERE mission = 'PICKUP' AND transaction_id IS NULL"
    ) == (0,)


def test_orders_are_larger_show_a_card_and_are_never_paid_in_cash(chain):
    larger = one(
        chain,
        """SELECT avg(lines) FILTER (channel <> 'STORE') / avg(lines) FILTER (channel = 'STORE')
           FROM (SELECT channel, count(*) AS lines FROM transaction
                 JOIN transaction_line USING (transaction_id)
                 WHERE transaction.kind = 'SALE' AND customer_id IS NOT NULL
                 GROUP BY transaction_id, channel)""",
    )[0]
    assert 1.2 < larger < 1.7
    assert one(
        chain,
        "SELECT count(*) FROM transaction WHERE channel <> 'STORE' "
        "AND (customer_id IS NULL OR tender = 'CASH')",
    ) == (0,)


def test_goods_come_back_in_the_channel_of_their_sale(chain):
    assert one(
        chain,
        """SELECT count(*) FILTER (sale.channel = back.channel) = count(*),
                  count(*) FILTER (back.channel = 'ONLINE') > 0
           FROM transaction back JOIN transaction sale
           ON sale.transaction_id = back.original_transaction_id""",
    ) == (True, True)


def test_a_product_costs_the_same_in_all_channels(chain):
    assert one(
        chain,
        """SELECT count(*) FROM (
               SELECT product_id, store_id, business_date FROM transaction_line
               WHERE kind = 'SALE' GROUP BY ALL HAVING count(DISTINCT list_price) > 1)""",
    ) == (0,)


def test_sales_of_all_channels_are_in_the_kpis_and_conversion_is_a_share(omnichannel):
    connection = omnichannel.lake.open()
    omnichannel.lake.view(connection, "gold", "store_month", "store_month")
    net, tickets, visits, visitors = one(
        connection,
        "SELECT sum(net_sales), sum(transactions), sum(visit_transactions), sum(visitors) "
        "FROM store_month",
    )
    by_channel = connection.execute(
        """SELECT channel, sum(CASE kind WHEN 'SALE' THEN net ELSE -net END),
                  count(*) FILTER (kind = 'SALE') FROM transaction GROUP BY channel"""
    ).fetchall()
    assert len(by_channel) == 3
    assert sum(row[1] for row in by_channel) == net
    assert sum(row[2] for row in by_channel) == tickets
    assert visits < tickets
    assert visits < 0.7 * visitors


@pytest.mark.parametrize("options", [("--threads", "1"), ("--parts", "2", "--part", "2")])
def test_a_week_has_the_bytes_of_the_whole(options, omnichannel, tmp_path):
    days = [f"2025-03-{day}" for day in range(10, 17)]
    span = ("--from", days[0], "--to", days[-1])
    retailsim("simulate", OMNICHANNEL, "--out", tmp_path / "feed", *span, *options)
    whole = digests(omnichannel.feed.folder)
    alone = digests(tmp_path / "feed", "*/*.ndjson")
    assert len(alone) == len(EVENTS) * len(days)
    if "--parts" not in options:
        for name, digest in alone.items():
            assert whole[name] == digest, name
        return
    retailsim(
        "simulate", OMNICHANNEL, "--out", tmp_path / "one", *span, "--parts", "2", "--part", "1"
    )
    for name in alone:
        together = (tmp_path / "one" / name).read_bytes() + (tmp_path / "feed" / name).read_bytes()
        assert together == (omnichannel.feed.folder / name).read_bytes(), name
