"""Gold equals sql/gold run by DuckDB on the clean tables: rows, types, cents."""

import json
from decimal import Decimal

import pytest
from harness import KPI_TABLES, add_kpis, count, differences, shape

# The panel has no promotions.
EMPTY = {("panel", "promotion_result")}


CHAINS = ["tiny", "quickstart", "stress", "panel", "omnichannel", "fashion"]


@pytest.fixture(scope="module", params=CHAINS)
def pipeline(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def both(pipeline):
    connection = pipeline.lake.open()
    add_kpis(connection, pipeline.lake)
    connection.execute("CREATE SCHEMA gold")
    for table in KPI_TABLES:
        pipeline.lake.view(connection, "gold", table, f"gold.{table}")
    return connection


@pytest.mark.parametrize("table", KPI_TABLES)
def test_the_pipeline_and_sql_agree_to_the_cent(table, both, request):
    assert shape(both, f"gold.{table}") == shape(both, table)
    assert differences(both, table, f"gold.{table}") == []
    is_empty = (request.node.callspec.params["pipeline"], table) in EMPTY
    assert (count(both, table) == 0) == is_empty


def test_every_gold_table_has_its_sql_and_every_sql_its_table(pipeline):
    published = json.loads((pipeline.lake.folder / "gold" / "_current.json").read_text())
    tables = {entry["path"].split("/")[1] for entry in published["objects"]}
    assert tables == set(KPI_TABLES)


def test_the_panel_comes_to_the_figures_of_its_source(panel):
    connection = panel.lake.open()
    panel.lake.view(connection, "gold", "store_month", "store_month")
    panel.lake.beside("quarantine", connection, "quarantine")
    lost_lines = count(connection, "(FROM quarantine WHERE table_name = 'transaction_line')")
    net, sales = connection.execute(
        "SELECT sum(net_sales), sum(transactions) FROM store_month"
    ).fetchone()
    lines = count(connection, "transaction_line")
    assert lost_lines <= 1_442_739 * 0.002
    assert lines + lost_lines == 1_442_739
    quarantined_net, quarantined_sales = quarantined(panel, connection)
    assert net + quarantined_net == Decimal("4189142.39")
    assert sales + quarantined_sales == 140_923
    average = (net + quarantined_net) / (sales + quarantined_sales)
    assert round(average, 2) == Decimal("29.73")


def quarantined(panel, connection) -> tuple[Decimal, int]:
    """Net of the refused lines, and how many receipts lost all of their lines."""
    files = [str(file) for file in panel.lake.files("quarantine", "transaction_line")]
    if not files:
        return Decimal(0), 0
    rows = "read_parquet($1, hive_partitioning=false)"
    return connection.execute(
        f"""SELECT sum((received->>'net')::DECIMAL(12,2)),
                   count(DISTINCT received->>'transaction_id') FILTER (
                       received->>'transaction_id' NOT IN
                       (SELECT transaction_id::VARCHAR FROM transaction))
            FROM (SELECT received::JSON AS received FROM {rows})""",
        [files],
    ).fetchone()


def test_what_the_panel_lacks_is_null_and_not_zero(panel):
    connection = panel.lake.open()
    panel.lake.view(connection, "gold", "store_day", "store_day")
    absent = connection.execute(
        "SELECT count(cogs), count(tax), count(visitors), count(visit_transactions) FROM store_day"
    ).fetchone()
    assert absent == (0, 0, 0, 0)
