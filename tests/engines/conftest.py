"""What the tests of other engines share: one small lake, a real PostgreSQL and one Spark.

Run with the Python of their environment: `make test-engines`.
"""

import os
import pathlib
import sys
from collections.abc import Iterator

import psycopg
import pytest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "end_to_end"))
sys.path.append(str(HERE.parents[1] / "tools"))

import postgres as server  # noqa: E402
from harness import Lake, retailsim  # noqa: E402
from true_chain import scenario, true_lake, whole  # noqa: E402, F401

QUICK_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
CHAIN = HERE / "chain.toml"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.engines)


@pytest.fixture(scope="session")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """Published, of a chain in which everything happens (chain.toml). Read it only."""
    folder = tmp_path_factory.mktemp("engines")
    places = ("--data", folder / "data_api", "--lake", folder / "lake")
    retailsim("run", CHAIN, *places, "--max-rejected", "1", "--run-id", "first", "--quiet")
    return Lake(folder / "lake")


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """What psycopg.connect() wants to know of a PostgreSQL 15 that runs for the tests."""
    with server.cluster() as where:
        yield where


@pytest.fixture
def postgres(cluster: str) -> Iterator[psycopg.Connection]:
    """A connection to an empty database of its own."""
    with server.database(cluster) as connection:
        yield connection


@pytest.fixture(scope="module")
def module_postgres(cluster: str) -> Iterator[psycopg.Connection]:
    """The same, for all the tests of a file."""
    with server.database(cluster) as connection:
        yield connection


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory):
    """A SparkSession of two executors on loopback, in UTC, whose tables lie in a folder of its own.

    Only one can be at a time in a process, whatever its master.
    """
    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    from pyspark.sql import SparkSession  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("spark")
    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .appName("retailsim-tests")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.memory", "1g")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.session.timeZone", "UTC")
        # Queries are many and tables small: what a big one gains from costs more here.
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.adaptive.enabled", "false")
        .config("spark.sql.codegen.wholeStage", "false")
        .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
        .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
        .config("spark.local.dir", str(folder / "scratch"))
        .config("spark.driver.extraJavaOptions", QUICK_JAVA)
        .config("spark.executor.extraJavaOptions", QUICK_JAVA)
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()
