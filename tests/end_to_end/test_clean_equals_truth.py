"""Without defects, clean and quarantine together are the delivered rows, row for row.

A line that is truly odd may be taken for an outlier (one in some ten thousand, see
test_defects_found.py). It is in quarantine, and the sums of its receipt are those of the others.
"""

import pytest
from harness import LAKE_TABLES, OPTIONAL, count, differences, retailsim, shape


@pytest.fixture(scope="module", params=["tiny", "flawless_quickstart"])
def pipeline(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def both(pipeline):
    connection = pipeline.feed.open(schema="feed")
    pipeline.lake.beside("quarantine", connection, "quarantine")
    connection.execute(
        "CREATE TABLE refused AS SELECT split_part(key, '/', 1)::BIGINT AS transaction_id, "
        "split_part(key, '/', 2)::INTEGER AS line_number FROM quarantine "
        "WHERE table_name = 'transaction_line'"
    )
    return pipeline.lake.open("clean", connection, schema="clean")


def test_without_defects_nothing_but_a_few_odd_quantities_is_quarantined(both):
    # A receipt whose only line is one of them goes with it.
    others = "FROM quarantine WHERE rule NOT IN ('quantity_outlier', 'no_lines')"
    assert both.execute(f"SELECT count(*) {others}").fetchone() == (0,)
    assert count(both, "refused") <= count(both, "feed.transaction_line") / 10_000


@pytest.mark.parametrize("table", LAKE_TABLES)
def test_clean_has_exactly_the_delivered_rows(table, both):
    columns = [name for name, _ in shape(both, f"clean.{table}")]
    delivered = [name for name, _ in shape(both, f"feed.{table}") if name not in NESTED]
    assert columns == delivered
    key = {"transaction": "transaction_id", "transaction_line": "transaction_id, line_number"}
    for side in ("feed", "clean"):
        rest = f"ANTI JOIN refused USING ({key[table]})" if table in key else ""
        both.execute(f"CREATE OR REPLACE VIEW {side}_rest AS FROM {side}.{table} {rest}")
    assert differences(both, "feed_rest", "clean_rest", ", ".join(columns)) == []
    assert count(both, f"clean.{table}") > 0 or table in OPTIONAL


NESTED = ("lines", "products")


def test_amounts_have_two_decimals_in_every_table(both):
    for table in ("transaction", "transaction_line", "price"):
        types = dict(shape(both, f"clean.{table}"))
        for column in ("gross", "discount", "net", "tax", "total", "unit_cost", "list_price"):
            assert types.get(column, "DECIMAL(12,2)") == "DECIMAL(12,2)", (table, column)


def test_each_line_and_receipt_adds_up(both):
    wrong_lines = """
        SELECT count(*) FROM clean.transaction_line AS line
        JOIN clean.product USING (product_id)
        WHERE gross <> net + discount OR tax <> round(net * tax_rate, 2)"""
    wrong_receipts = """
        SELECT count(*) FROM clean.transaction AS receipt JOIN (
            SELECT transaction_id, sum(gross) AS gross, sum(discount) AS discount,
                   sum(net) AS net, sum(tax) AS tax
            FROM clean.transaction_line GROUP BY transaction_id
        ) AS line USING (transaction_id)
        WHERE receipt.gross <> line.gross OR receipt.discount <> line.discount
           OR receipt.net <> line.net OR receipt.tax <> line.tax
           OR receipt.total <> receipt.net + receipt.tax"""
    assert both.execute(wrong_lines).fetchone() == (0,)
    assert both.execute(wrong_receipts).fetchone() == (0,)


def test_ids_are_unique_and_every_reference_leads_somewhere(both):
    for table, key in (
        ("store", "store_id"),
        ("product", "product_id"),
        ("customer", "customer_id"),
        ("promotion", "promo_id"),
        ("transaction", "transaction_id"),
        ("visit", "visit_id"),
        ("transaction_line", "(transaction_id, line_number)"),
        ("price", "(product_id, zone, valid_from)"),
    ):
        rows, distinct = both.execute(
            f"SELECT count(*), count(DISTINCT {key}) FROM clean.{table}"
        ).fetchone()
        assert rows == distinct, table
    for table, column, target in (
        ("transaction_line", "product_id", "product"),
        ("transaction_line", "promo_id", "promotion"),
        ("transaction_line", "transaction_id", "transaction"),
        ("transaction", "store_id", "store"),
        ("transaction", "customer_id", "customer"),
        ("transaction", "original_transaction_id", "transaction"),
        ("visit", "transaction_id", "transaction"),
        ("customer", "home_store_id", "store"),
    ):
        # The visit of a refused receipt keeps its number.
        refused = "SELECT transaction_id FROM refused" if column == "transaction_id" else "SELECT 0"
        known = f"SELECT {column.removeprefix('home_')} FROM clean.{target} UNION ALL {refused}"
        orphans = both.execute(
            f"SELECT count(*) FROM clean.{table} "
            f"WHERE {column} IS NOT NULL AND {column} NOT IN ({known})"
        ).fetchone()
        assert orphans == (0,), (table, column)


def test_the_whole_pipeline_reports_as_many_rows_out_as_in(tiny):
    # The gate counts what was stored and what was refused; nothing was refused.
    retailsim("validate", "--lake", tiny.lake.folder, "--max-rejected", "0")
