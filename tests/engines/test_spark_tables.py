"""The Spark tables of the package: the rows of the lake, from executors of a cluster."""

import datetime

import pytest
from harness import differences, shape
from retailsim import spark as on_spark
from true_chain import KPIS, TRUTH, is_that_of_the_lake


def test_tasks_cover_every_store_and_day_once():
    days = (datetime.date(2024, 1, 3), datetime.date(2024, 3, 5))
    for stores, wanted in [(1, 1), (3, 2), (3, 8), (2, 100), (50, 7)]:
        tasks = on_spark._tasks(stores, days, wanted)
        seen = [
            (store, start + datetime.timedelta(days=day))
            for first, last, start, end in tasks
            for store in range(first, last + 1)
            for day in range((end - start).days + 1)
        ]
        assert len(seen) == len(set(seen)) == stores * ((days[1] - days[0]).days + 1)
        assert min(wanted, stores) <= len(tasks)
        # A week is simulated as a whole: only the first and the last may be cut off.
        assert {start.weekday() for _, _, start, _ in tasks} <= {0, days[0].weekday()}


@pytest.fixture(scope="module")
def spark_lake(spark, scenario, tmp_path_factory):
    """A lake that the cluster wrote, by the job that spark-submit starts."""
    folder = tmp_path_factory.mktemp("spark_lake")
    file = folder / "chain.toml"
    file.write_text(scenario.to_toml())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spark.__class__, "stop", lambda _: None)  # it is that of the other tests
        # Three ranges of stores, two spans of weeks.
        on_spark._main([f"--scenario={file}", f"--lake={folder}", "--tasks=4"])
    return folder


def test_a_cluster_writes_the_lake(spark_lake, true_lake):
    for table in spark_lake.glob("clean/*"):
        name = table.name
        if name in TRUTH:
            continue
        assert is_that_of_the_lake(true_lake, spark_lake / "clean", name), name
    months = {path.name for path in spark_lake.glob("clean/visit/*") if path.is_dir()}
    assert months == {f"month={month}" for month in ("2023-12", "2024-01", "2024-02", "2024-03")}


@pytest.fixture(scope="module")
def spark_gold(spark, spark_lake):
    """The KPI tables by the SQL of sql/gold as it stands, from what the cluster wrote."""
    clean = {
        folder.name: spark.read.parquet(str(folder)).drop("month")
        for folder in spark_lake.glob("clean/*")
        if folder.name not in TRUTH
    }
    return {name: frame.toArrow() for name, frame in on_spark.gold(spark, clean).items()}


@pytest.mark.parametrize("table", KPIS)
def test_its_kpis_are_those_of_the_pipeline_to_the_cent(table, spark_gold, true_lake):
    ours = spark_gold[table]
    assert ours.num_rows > 0
    true_lake.register("ours", ours)
    assert shape(true_lake, "ours") == shape(true_lake, f"gold.{table}")
    assert differences(true_lake, "ours", f"gold.{table}") == []


def test_kpis_whose_sources_are_missing_are_left_out(spark, spark_gold):
    clean = {name: spark.table(name) for name in ("transaction", "visit")}
    assert set(on_spark.gold(spark, clean)) == {"customer_month", "store_date_hour"}


def test_a_kpi_table_waits_for_those_it_reads():
    texts = on_spark._kpi_texts()
    assert on_spark._sources_of(texts["store_month"]) == {"store_day"}
    assert on_spark._sources_of(texts["store_hour"]) == {"store_day", "store_date_hour"}
