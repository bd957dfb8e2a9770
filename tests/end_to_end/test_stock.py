"""Shelves run empty: the feed's inventory_day, the stock of the KPIs, and the truth of demand."""

import json

import pytest
from conftest import run_pipeline
from harness import (
    KPI_TABLES,
    SCENARIOS,
    TABLES,
    Feed,
    add_kpis,
    connect,
    count,
    differences,
    digests,
    retailsim,
    shape,
)

WEEKS = ("--from", "2024-02-01", "--to", "2024-03-31")


@pytest.fixture(scope="module")
def shelves(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shelves")
    return run_pipeline(folder, SCENARIOS / "shelves.toml", *WEEKS)


@pytest.fixture(scope="module")
def endless(tmp_path_factory):
    """The same chain with enough of everything: what its shoppers want."""
    folder = tmp_path_factory.mktemp("endless")
    text = (SCENARIOS / "shelves.toml").read_text()
    assert text.count("is_tracked = 1") == 1
    scenario = folder / "endless.toml"
    scenario.write_text(text.replace("is_tracked = 1", "is_tracked = 0"))
    return run_pipeline(folder, scenario, *WEEKS)


@pytest.fixture(scope="module")
def kpis(shelves):
    """Gold by SQL in `main`, as published in `gold`."""
    connection = shelves.lake.open()
    add_kpis(connection, shelves.lake)
    connection.execute("CREATE SCHEMA gold")
    for table in KPI_TABLES:
        shelves.lake.view(connection, "gold", table, f"gold.{table}")
    return connection


@pytest.mark.parametrize("table", KPI_TABLES)
def test_gold_is_what_sql_makes_of_clean_with_stock_too(table, kpis):
    assert shape(kpis, f"gold.{table}") == shape(kpis, table)
    assert differences(kpis, table, f"gold.{table}") == []


@pytest.mark.parametrize("table", ["product_month", "store_category_month"])
def test_some_products_are_missing_on_some_days(table, kpis):
    out, days, unknown = kpis.execute(
        f"SELECT sum(stockout_days), sum(product_days), count(*) - count(product_days) "
        f"FROM gold.{table}"
    ).fetchone()
    assert unknown == 0
    assert 0.005 < out / days < 0.2


def test_the_report_tells_the_stock_out_rate_of_whole_months(shelves, kpis):
    def report(*options):
        answer = retailsim("report", "--lake", shelves.lake.folder, "--json", *options)
        return json.loads(answer.stdout)

    out, days = kpis.execute(
        "SELECT sum(stockout_days), sum(product_days) FROM gold.store_category_month "
        "WHERE month = '2024-03' AND store_id = 2"
    ).fetchone()
    march = report("--from", "2024-03-01", "--to", "2024-03-31", "--store", "2")
    assert march["total"]["stockout_days"] == out
    assert march["total"]["product_days"] == days
    assert march["total"]["stockout_rate"] == pytest.approx(out / days)
    assert report("--from", "2024-03-02")["total"]["stockout_rate"] is None
    table = retailsim("report", "--lake", shelves.lake.folder).stdout
    assert "stock-out" in table


def test_without_stock_nothing_is_said_of_it(endless):
    assert not (endless.feed.folder / "inventory_day").exists()
    assert "stock-out" not in retailsim("report", "--lake", endless.lake.folder).stdout
    connection = connect()
    for table in ("product_month", "store_category_month"):
        endless.lake.view(connection, "gold", table, table)
        assert connection.execute(
            f"SELECT count(stockout_days) + count(product_days) FROM {table}"
        ).fetchone() == (0,)


def test_every_row_of_inventory_arrives_and_is_clean(shelves):
    # Of the feed only this table: what is broken in the others is no JSON.
    connection = shelves.lake.open("clean")
    connection.execute(
        f"CREATE VIEW delivered AS FROM read_json('{shelves.feed.folder}/inventory_day/*.ndjson', "
        f"format='newline_delimited', columns={TABLES['inventory_day']})"
    )
    assert count(connection, "delivered") > 10_000
    assert differences(connection, "delivered", "inventory_day") == []


@pytest.fixture(scope="module")
def flawless(tmp_path_factory):
    """What is true of both chains: feeds without defects."""
    folder = tmp_path_factory.mktemp("flawless")
    text = (SCENARIOS / "shelves.toml").read_text().replace("factor = 1", "factor = 0")
    connection = connect()
    for name, tracked in (("sold", 1), ("wanted", 0)):
        scenario = folder / f"{name}.toml"
        scenario.write_text(text.replace("is_tracked = 1", f"is_tracked = {tracked}"))
        truth = ("--truth", folder / "truth") if tracked else ()
        retailsim("simulate", scenario, "--out", folder / name, *WEEKS, *truth)
        Feed(folder / name).open(connection, schema=name)
    connection.execute(
        f"CREATE TABLE truth AS FROM read_json('{folder}/truth/truth_demand/*.ndjson', "
        "format='newline_delimited')"
    )
    return connection


def test_sales_and_the_truth_give_back_what_shoppers_wanted(flawless):
    rows = flawless.execute(
        """
        with sold as (
            select product.category, sum(quantity) as units
            from sold.transaction_line join sold.product using (product_id)
            where kind = 'SALE' group by all
        ),
        lost as (
            select product.category, sum(wanted - sold) as units, sum(lost) as lost
            from truth join sold.product using (product_id) group by all
        ),
        wanted as (
            select product.category, sum(quantity) as units
            from wanted.transaction_line join wanted.product using (product_id)
            where kind = 'SALE' group by all
        )
        select category, sold.units, coalesce(lost.units, 0), wanted.units
        from wanted left join sold using (category) left join lost using (category)
        """
    ).fetchall()
    assert len(rows) > 20
    for category, sold, lost, wanted in rows:
        assert sold < wanted, category
        assert abs(sold + lost - wanted) <= 0.05 * wanted, category
        assert sold + lost == wanted, category  # without defects it is exact


def test_the_truth_balances(flawless):
    assert count(flawless, "truth") > 1000
    assert flawless.execute(
        "SELECT count(*) FROM truth "
        "WHERE wanted <> sold - taken_instead + substituted + lost OR lost + substituted + "
        "taken_instead = 0 OR least(wanted, sold, lost, substituted, taken_instead) < 0"
    ).fetchone() == (0,)


def test_a_day_alone_has_the_bytes_of_the_whole(shelves, tmp_path):
    day = "2024-03-06"
    truth = tmp_path / "truth"
    retailsim(
        "simulate",
        SCENARIOS / "shelves.toml",
        "--out",
        tmp_path / "feed",
        "--truth",
        truth,
        "--from",
        day,
        "--to",
        day,
        "--threads",
        "1",
    )
    for folder, whole in (
        (tmp_path / "feed", shelves.feed.folder),
        (truth, shelves.folder / "truth"),
    ):
        for name, digest in digests(folder, f"{day}.ndjson").items():
            assert digests(whole, f"{day}.ndjson")[name] == digest
    assert (tmp_path / "feed" / "inventory_day" / f"{day}.ndjson").stat().st_size > 0
    assert (truth / "truth_demand" / f"{day}.ndjson").stat().st_size > 0


def test_a_second_run_finds_everything_there(shelves):
    again = retailsim(
        "run",
        SCENARIOS / "shelves.toml",
        "--data",
        shelves.feed.folder,
        "--lake",
        shelves.lake.folder,
        *WEEKS,
        "--json",
    )
    stages = {stage["stage"]: stage["tables"] for stage in json.loads(again.stdout)["stages"]}
    for stage in ("simulate", "extract", "transform"):
        assert stages[stage]["inventory_day"].get("objects_written", 0) == 0
