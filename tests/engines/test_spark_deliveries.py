"""What Spark makes of deliveries with defects; test_spark_tables.py has the other KPI tables."""

from harness import SQL, count, differences, shape


def test_spark_counts_what_was_refused_and_repaired_as_the_program_does(lake, spark):
    with lake.open() as known:
        lake.add_deliveries(known)
        for table in ("raw_row", "quarantine", "findings"):
            rows = known.table(table).to_arrow_table()
            spark.createDataFrame(rows).createOrReplaceTempView(table)
        answer = spark.sql(SQL["data_quality_day"]).toArrow()
        known.register("answer", answer)
        lake.view(known, "gold", "data_quality_day", "ours")
        assert count(known, "answer") > 0
        assert shape(known, "answer") == shape(known, "ours")
        assert differences(known, "answer", "ours") == []
