"""The same tables on a Spark cluster.

Every executor needs this package; a task simulates some stores over some weeks, and nothing is
shuffled. As a job of its own::

    spark-submit "$(python -c 'import retailsim.spark as s; print(s.__file__)')" \
        --scenario century --lake s3a://bucket/lake

which an Airflow task submits like any other.
"""

from __future__ import annotations

import argparse
import datetime
import functools
import importlib.resources
import math
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f
from pyspark.sql.pandas.types import from_arrow_schema

from retailsim.failure import Failure
from retailsim.scenario import Day, Scenario, date_of, scenario_of
from retailsim.tables import Table
from retailsim.tables import simulate as _simulate

if TYPE_CHECKING:
    from collections.abc import Callable

_TASK = "first_store int, last_store int, from_day string, to_day string"
_WEEK = datetime.timedelta(days=7)


def simulate(
    spark: SparkSession,
    scenario: Scenario | str,
    tables: Iterable[str] | None = None,
    *,
    from_day: Day | None = None,
    to_day: Day | None = None,
    tasks: int | None = None,
) -> dict[str, DataFrame]:
    """The tables of a scenario as data frames, with the rows of :func:`retailsim.simulate`.

    Nothing is simulated before a frame is read, and every reading simulates anew: a frame that is
    read more than once may be worth its ``persist()``.

    Args:
        spark: the session; its time zone should be UTC, or instants are shown in another.
        scenario: a scenario, a file, or one of :func:`retailsim.scenarios`.
        tables: names as in :func:`retailsim.table_names`; all by default.
        from_day: first business date; the scenario's by default.
        to_day: the last one, inclusive.
        tasks: at least so many a table, where there are so many stores and weeks; four times the
            cluster's default parallelism by default. Stores are parted first, as that costs
            nothing; a task that begins in the middle of the days simulates the five weeks before
            once more, for what is brought back.

    Raises:
        Failure: ``wrong_usage`` for tables or days that the scenario does not have.
    """
    scenario = scenario_of(scenario)
    chosen = _simulate(scenario, tables, from_day=from_day, to_day=to_day)
    days = (date_of(from_day or scenario.from_day), date_of(to_day or scenario.to_day))
    parts = _tasks(scenario.store_count, days, tasks or 4 * spark.sparkContext.defaultParallelism)
    return {name: _frame(spark, scenario, table, days, parts) for name, table in chosen.items()}


def write_lake(frames: Mapping[str, DataFrame], lake: str) -> None:
    """Writes data frames as the clean tables of a lake: by month of business_date where there is
    one, so that every engine that reads a lake of ours reads this one.

    Args:
        frames: by table, as :func:`simulate` gives them.
        lake: any address that Spark writes to, as ``s3a://bucket/prefix``; what is there already
            of these tables is replaced.
    """
    for name, frame in frames.items():
        to = f"{lake.rstrip('/')}/clean/{name}"
        if "business_date" in frame.columns:
            dated = frame.withColumn("month", f.date_format("business_date", "yyyy-MM"))
            dated.write.mode("overwrite").partitionBy("month").parquet(to)
        else:
            frame.coalesce(1).write.mode("overwrite").parquet(to)


def gold(spark: SparkSession, clean: Mapping[str, DataFrame]) -> dict[str, DataFrame]:
    """The KPI tables of clean ones, by the SQL that defines them.

    Args:
        spark: the session; the clean tables become temporary views of it.
        clean: by table; a KPI table whose sources are not all there is left out. One that others
            are made from is kept, as by ``DataFrame.cache()``.
    """
    made = dict(clean)
    for name, frame in clean.items():
        frame.createOrReplaceTempView(name)
    texts = _kpi_texts()
    waiting = {name: _sources_of(text) for name, text in texts.items() if name not in made}
    shared = set().union(*waiting.values())
    while ready := [name for name, sources in waiting.items() if sources <= made.keys()]:
        for name in ready:
            del waiting[name]
            frame = spark.sql(texts[name])
            made[name] = frame.cache() if name in shared else frame
            made[name].createOrReplaceTempView(name)
    return {name: frame for name, frame in made.items() if name not in clean}


def _frame(
    spark: SparkSession,
    scenario: Scenario,
    table: Table,
    days: tuple[datetime.date, datetime.date],
    parts: list[tuple[int, int, datetime.date, datetime.date]],
) -> DataFrame:
    schema = _without_dictionaries(table.schema)
    tasks = parts if "business_date" in schema.names else [(1, 1, *days)]
    rows = [(first, last, str(start), str(end)) for first, last, start, end in tasks]
    # One row a partition: createDataFrame would deal rows out as it likes.
    parted = spark.createDataFrame(spark.sparkContext.parallelize(rows, len(rows)), schema=_TASK)
    return parted.mapInArrow(
        _simulator(scenario.to_toml(), table.name, schema), from_arrow_schema(schema)
    )


def _tasks(
    stores: int, days: tuple[datetime.date, datetime.date], wanted: int
) -> list[tuple[int, int, datetime.date, datetime.date]]:
    """(first store, last store, first day, last day), together all stores on all days."""
    parts = min(stores, wanted)
    monday = days[0] - datetime.timedelta(days=days[0].weekday())
    weeks = math.ceil(((days[1] - monday).days + 1) / 7)
    spans = min(weeks, math.ceil(wanted / parts))
    tasks = []
    for span in range(spans):
        start = max(days[0], monday + weeks * span // spans * _WEEK)
        end = min(days[1], monday + weeks * (span + 1) // spans * _WEEK - _WEEK / 7)
        tasks += [
            (stores * part // parts + 1, stores * (part + 1) // parts, start, end)
            for part in range(parts)
        ]
    return tasks


def _simulator(
    toml: str, table: str, schema: pa.Schema
) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def rows_of(tasks: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in tasks:
            for task in batch.to_pylist():
                simulation = _simulate(
                    _scenario_of(toml),
                    [table],
                    from_day=task["from_day"],
                    to_day=task["to_day"],
                    stores=range(task["first_store"], task["last_store"] + 1),
                    threads=1,  # the others belong to other tasks
                )
                for rows in simulation[table].batches():
                    yield rows.cast(schema)

    return rows_of


@functools.lru_cache(maxsize=2)
def _scenario_of(toml: str) -> Scenario:
    """A worker process serves many tasks: the world of a scenario is built once in it."""
    return Scenario.parse(toml)


def _without_dictionaries(schema: pa.Schema) -> pa.Schema:
    """Spark takes words as strings."""
    return pa.schema(
        [
            field.with_type(pa.string()) if pa.types.is_dictionary(field.type) else field
            for field in schema
        ]
    )


def _kpi_texts() -> dict[str, str]:
    """By KPI table its SQL."""
    folder = importlib.resources.files("retailsim") / "sql" / "gold"
    return {
        path.name.removesuffix(".sql"): path.read_text(encoding="utf-8")
        for path in folder.iterdir()
    }


def _sources_of(text: str) -> set[str]:
    """The tables that a query reads, without those that it defines itself."""
    query = re.sub(r"--.*", "", text)
    return set(re.findall(r"\b(?:from|join)\s+(\w+)", query)) - set(
        re.findall(r"(\w+)\s+as\s+\(", query)
    )


def _main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Writes the clean tables of a scenario.")
    parser.add_argument("--scenario", required=True, help="a file, or one that the package ships")
    parser.add_argument("--lake", required=True, help="where to, as s3a://bucket/lake")
    parser.add_argument("--table", action="append", help="only this one; repeatable")
    parser.add_argument("--tasks", type=int, help="at least so many a table")
    asked = parser.parse_args(arguments)
    try:
        scenario = scenario_of(asked.scenario)
        _simulate(scenario, asked.table)  # before Spark takes its seconds to start
        spark = (
            SparkSession.builder.appName("retailsim")
            .config("spark.sql.session.timeZone", "UTC")
            .getOrCreate()
        )
        write_lake(simulate(spark, scenario, asked.table, tasks=asked.tasks), asked.lake)
    except Failure as failure:
        sys.exit(f"error: {failure}")
    spark.stop()


if __name__ == "__main__":
    # As the module that executors know, not as a script whose functions are sent to them.
    from retailsim.spark import _main as run_job

    run_job()
