"""The chain of chain.toml as the package and Spark know it, and its lake to compare with.

Without defects, what the lake keeps is what is true. Tests import the fixtures by way of
conftest.py.
"""

import pathlib
from collections.abc import Iterator

import duckdb
import pytest
import retailsim
from harness import KPI_TABLES

CHAIN = pathlib.Path(__file__).with_name("chain.toml")
TRUTH = {"truth_parameter", "truth_event", "truth_demand"}
# Of the chain as it is, not of what was delivered.
KPIS = [name for name in KPI_TABLES if name != "data_quality_day"]


@pytest.fixture(scope="session")
def scenario() -> retailsim.Scenario:
    """With a seed for which cleaning takes no true row for an outlier."""
    return retailsim.Scenario.load(CHAIN).with_values({"defects.factor": 0, "seed": 7})


@pytest.fixture(scope="session")
def whole(scenario, tmp_path_factory) -> pathlib.Path:
    """The folder in which the pipeline has run, started from Python. Read it only."""
    folder = tmp_path_factory.mktemp("package")
    result = retailsim.run(scenario, data=folder / "data_api", lake=folder / "lake")
    assert result["did_work"]
    assert list((folder / "lake" / "quarantine").glob("**/*.parquet")) == []
    return folder


@pytest.fixture
def true_lake(whole) -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB with that lake in the schemas clean and gold."""
    with duckdb.connect() as made:
        made.execute("SET TimeZone = 'UTC'")
        for layer in ("clean", "gold"):
            made.execute(f"CREATE SCHEMA {layer}")
            for table in (whole / "lake" / layer).iterdir():
                if table.is_dir():
                    made.execute(
                        f"CREATE VIEW {layer}.{table.name} AS FROM "
                        f"read_parquet('{table}/**/*.parquet', hive_partitioning=false)"
                    )
        yield made


def hash_of(connection, relation: str) -> tuple[int, int]:
    """Rows, and a hash in which their order plays no part; dictionaries are their words."""
    columns = ", ".join(
        f"{name}::VARCHAR" if kind.startswith("ENUM") else name
        for name, kind, *_ in connection.execute(f"DESCRIBE FROM {relation}").fetchall()
    )
    rows = connection.execute(f"SELECT count(*), sum(hash({columns})) FROM {relation}").fetchall()
    return rows[0]


def is_that_of_the_lake(true_lake, clean: pathlib.Path, table: str) -> bool:
    """Whether the folder `table` below `clean` has the rows of the lake's clean table."""
    columns = ", ".join(
        row[0] for row in true_lake.execute(f"DESCRIBE FROM clean.{table}").fetchall()
    )
    true_lake.execute(
        f"CREATE VIEW {table} AS SELECT {columns} "
        f"FROM read_parquet('{clean}/{table}/**/*.parquet', hive_partitioning=true)"
    )
    return hash_of(true_lake, table) == hash_of(true_lake, f"clean.{table}")
