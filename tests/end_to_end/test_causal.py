"""Sales in a store come from visits, and turning a knob moves what it should and nothing else."""

import pytest
from conftest import run_pipeline
from harness import SCENARIOS, Feed, differences, retailsim

TINY = SCENARIOS / "tiny.toml"
STORE = 2
IN_STORE_SALES = "(SELECT * FROM transaction WHERE kind = 'SALE' AND channel = 'STORE')"


def with_traffic(folder, **change) -> Feed:
    """tiny, with the entries of STORE changed."""
    knobs = "\n".join(f"{name} = {value}" for name, value in {"store_id": STORE, **change}.items())
    scenario = folder / "changed.toml"
    scenario.write_text(f"{TINY.read_text()}\n[[traffic]]\n{knobs}\n")
    retailsim("simulate", scenario, "--out", folder / "feed", "--quiet")
    return Feed(folder / "feed")


def compare(before: Feed, after: Feed):
    connection = before.open(schema="before")
    return after.open(connection, schema="after")


def totals(connection, schema: str) -> tuple[int, int]:
    """Visits, and cents of net sales from in-store sales, of STORE."""
    return connection.execute(
        f"""SELECT (SELECT count(*) FROM {schema}.visit WHERE store_id = {STORE}),
                   (SELECT sum(net) FROM {schema}.transaction
                    WHERE store_id = {STORE} AND kind = 'SALE' AND channel = 'STORE')"""
    ).fetchone()


def changed_rows_elsewhere(connection, table: str) -> list:
    """Rows of other stores that a change at STORE added, removed or altered."""
    for schema in ("before", "after"):
        connection.execute(
            f"CREATE OR REPLACE VIEW {schema}_elsewhere AS "
            f"FROM {schema}.{table} WHERE store_id <> {STORE}"
        )
    return differences(connection, "before_elsewhere", "after_elsewhere")


def test_half_as_many_visitors_again_bring_about_half_as_many_sales_again(tiny, tmp_path):
    both = compare(tiny.feed, with_traffic(tmp_path, factor=1.5))
    (visits, sales), (more_visits, more_sales) = totals(both, "before"), totals(both, "after")
    assert 1.4 < more_visits / visits < 1.6
    assert 1.35 < float(more_sales / sales) < 1.65
    for table in ("visit", "transaction", "transaction_line"):
        assert changed_rows_elsewhere(both, table) == []


def test_a_week_without_visitors_is_a_week_without_sales_in_that_store(tiny, tmp_path):
    week = tiny.feed.days("visit")[28:35]
    days = {"from": week[0], "to": week[-1]}
    both = compare(tiny.feed, with_traffic(tmp_path, factor=0.0, **days))
    inside = f"store_id = {STORE} AND business_date BETWEEN '{week[0]}' AND '{week[-1]}'"
    for schema, is_empty in (("before", False), ("after", True)):
        visits, sales = both.execute(
            f"""SELECT (SELECT count(*) FROM {schema}.visit WHERE {inside}),
                       (SELECT count(*) FROM {schema}.transaction
                        WHERE {inside} AND kind = 'SALE' AND channel = 'STORE')"""
        ).fetchone()
        assert (visits == 0, sales == 0) == (is_empty, is_empty), schema
    for table in ("visit", "transaction", "transaction_line"):
        assert changed_rows_elsewhere(both, table) == []


def test_visits_outside_the_quiet_week_are_as_before(tiny, tmp_path):
    week = tiny.feed.days("visit")[28:35]
    days = {"from": week[0], "to": week[-1]}
    both = compare(tiny.feed, with_traffic(tmp_path, factor=0.0, **days))
    for schema in ("before", "after"):
        both.execute(
            f"CREATE VIEW {schema}_outside AS FROM {schema}.visit "
            f"WHERE business_date NOT BETWEEN '{week[0]}' AND '{week[-1]}' AND mission IS NOT NULL"
        )
    assert differences(both, "before_outside", "after_outside") == []
    # What was not sold in that week is not brought back later; no return is added.
    added = both.execute(
        """SELECT count(*) FROM after.transaction AS row ANTI JOIN before.transaction
           USING (transaction_id) WHERE row.kind = 'RETURN'"""
    ).fetchone()
    assert added == (0,)


def gold_of(pipeline, connection=None, schema="main"):
    connection = pipeline.lake.open("clean", connection, schema)
    pipeline.lake.view(connection, "gold", "store_day", f"{schema}.store_day")
    return connection


def test_without_returns_nothing_else_changes_and_net_sales_are_higher_by_them(tiny, tmp_path):
    scenario = tmp_path / "kept.toml"
    scenario.write_text(f"{TINY.read_text()}\n[returns]\nshare = 0\n")
    both = gold_of(run_pipeline(tmp_path, scenario), gold_of(tiny, schema="usual"), "kept")
    days, lost = both.execute(
        """SELECT count(*), sum(usual.returns) FROM usual.store_day AS usual
           JOIN kept.store_day AS kept USING (store_id, business_date)
           WHERE kept.returns = 0 AND kept.return_transactions = 0
             AND usual.gross_sales = kept.gross_sales AND usual.discounts = kept.discounts
             AND usual.net_sales = kept.net_sales - usual.returns
             AND usual.transactions = kept.transactions
             AND usual.visit_transactions = kept.visit_transactions
             AND usual.visitors = kept.visitors + usual.return_transactions"""
    ).fetchone()
    assert days == both.execute("SELECT count(*) FROM usual.store_day").fetchone()[0]
    assert lost > 100
    for table, shopping in (
        ("visit", "mission IS NOT NULL"),
        ("transaction", "kind = 'SALE'"),
        ("transaction_line", "kind = 'SALE'"),
    ):
        both.execute(f"CREATE OR REPLACE VIEW shopping AS FROM usual.{table} WHERE {shopping}")
        assert differences(both, "shopping", f"kept.{table}") == [], table


@pytest.fixture(scope="module", params=["tiny", "flawless_quickstart"])
def clean(request):
    return request.getfixturevalue(request.param).feed.open()


def test_each_sale_in_a_store_has_one_visit_and_each_buying_visit_one_sale(clean):
    unmatched = clean.execute(
        f"""SELECT count(*) FROM {IN_STORE_SALES} AS sale
            FULL JOIN (SELECT * FROM visit WHERE transaction_id IS NOT NULL) AS visit
            USING (transaction_id)
            WHERE sale.store_id IS NULL OR visit.store_id IS NULL"""
    ).fetchone()
    twice = clean.execute(
        "SELECT count(*) - count(DISTINCT transaction_id) FROM visit "
        "WHERE transaction_id IS NOT NULL"
    ).fetchone()
    assert (unmatched, twice) == ((0,), (0,))


def test_a_sale_is_rung_up_while_its_buyer_is_in_that_store(clean):
    outside = clean.execute(
        f"""SELECT count(*) FROM {IN_STORE_SALES} AS sale JOIN visit USING (transaction_id)
            WHERE sale.store_id <> visit.store_id
               OR sale.customer_id IS DISTINCT FROM visit.customer_id
               OR sale.begin_at NOT BETWEEN visit.entered_at
                  AND visit.entered_at + to_seconds(visit.dwell_s)"""
    ).fetchone()
    assert outside == (0,)


def test_each_return_gives_back_part_of_one_sale_of_its_store_at_the_price_paid(clean):
    returns, sales, nearest, farthest, other_stores = clean.execute(
        """SELECT count(*), count(DISTINCT sale.transaction_id),
                  min(back.business_date - sale.business_date),
                  max(back.business_date - sale.business_date),
                  count(*) FILTER (back.store_id <> sale.store_id
                      OR back.customer_id IS DISTINCT FROM sale.customer_id)
           FROM transaction AS back LEFT JOIN transaction AS sale
             ON sale.transaction_id = back.original_transaction_id AND sale.kind = 'SALE'
           WHERE back.kind = 'RETURN'"""
    ).fetchone()
    assert returns > 30
    assert sales == returns
    assert (nearest >= 1, farthest <= 35, other_stores) == (True, True, 0)
    lines, fair = clean.execute(
        """SELECT count(*), count(*) FILTER (
               back.quantity <= sold.quantity AND back.list_price = sold.list_price
               AND back.product_id = sold.product_id AND back.unit_cost = sold.unit_cost
               AND back.promo_id IS NOT DISTINCT FROM sold.promo_id
               AND back.gross = back.list_price * back.quantity
               AND back.net * sold.quantity = sold.net * back.quantity)
           FROM transaction_line AS back JOIN transaction USING (transaction_id)
           LEFT JOIN transaction_line AS sold
             ON sold.transaction_id = original_transaction_id
            AND sold.line_number = back.line_number
           WHERE back.kind = 'RETURN'"""
    ).fetchone()
    assert lines >= returns
    assert fair == lines


def test_as_many_visits_bring_something_back_as_there_are_returns_and_none_of_them_buys(clean):
    bringing, buying, returns = clean.execute(
        """SELECT count(*), count(transaction_id),
                  (SELECT count(*) FROM transaction WHERE kind = 'RETURN')
           FROM visit WHERE mission IS NULL"""
    ).fetchone()
    assert (bringing, buying) == (returns, 0)


def test_some_visitors_buy_and_some_do_not_on_every_busy_day(clean):
    days, least, most = clean.execute(
        """SELECT count(*), min(conversion), max(conversion) FROM (
               SELECT count(transaction_id) / count(*) AS conversion FROM visit
               GROUP BY store_id, business_date HAVING count(*) >= 50)"""
    ).fetchone()
    assert days > 10
    assert least > 0
    assert most < 1
