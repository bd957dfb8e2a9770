"""sql/gold runs in Spark SQL as it stands, on the clean tables, and gives the program's numbers."""

import pytest
from harness import KPI_TABLES, LAKE_TABLES, SQL, count, differences, shape


@pytest.fixture(scope="module")
def both(lake, spark):
    """A DuckDB with what Spark made in the schema spark, beside what the program made."""
    for table in LAKE_TABLES:
        spark.read.parquet(str(lake.folder / "clean" / table)).createOrReplaceTempView(table)
    known = lake.open()
    lake.add_deliveries(known)
    for table in ("raw_row", "quarantine", "findings"):
        spark.createDataFrame(known.table(table).to_arrow_table()).createOrReplaceTempView(table)
    known.execute("CREATE SCHEMA spark; CREATE SCHEMA gold")
    for table in KPI_TABLES:
        answer = spark.sql(SQL[table])
        rows = answer.toArrow()
        # Spark would make what others read once more each time.
        spark.createDataFrame(rows).createOrReplaceTempView(table)
        known.register("answer", rows)
        known.execute(f"CREATE TABLE spark.{table} AS FROM answer")
        lake.view(known, "gold", table, f"gold.{table}")
    return known


@pytest.mark.parametrize("table", KPI_TABLES)
def test_spark_and_the_program_agree_to_the_cent(table, both):
    assert count(both, f"spark.{table}") > 0
    assert shape(both, f"spark.{table}") == shape(both, f"gold.{table}")
    assert differences(both, f"spark.{table}", f"gold.{table}") == []
