"""`retailsim redshift load`: whatever goes wrong on the way, Redshift ends with the lake's rows.

The Redshift Data API is stood in for by redshift_service.py, in front of a real PostgreSQL; the
lake lies on a real S3 server.
"""

import json
import pathlib
import subprocess
import time
from collections import Counter
from dataclasses import dataclass, replace

import psycopg
import pytest
from bad_input import refused
from harness import BINARY, CHECKOUT, Answer, connect, retailsim
from redshift_service import GETDATE, Faults, Service, serving
from s3_server import S3Server, s3

__all__ = ["s3"]

CHAIN = """
name = "loaded"
seed = 11
from = 2024-01-22
to = 2024-03-03
[stores]
count = 1
[products]
count = 60
[households]
count = 60
[stock]
is_tracked = 1
"""
TARGET = ("--cluster", "shop", "--db-user", "loader", "--database", "dev")
CLEAN = ("--layer", "clean")  # half of the tables, where that is enough
ROLE = "arn:aws:iam::123456789012:role/reads-the-lake"


@dataclass(frozen=True)
class Shop:
    """A feed, and the lake of its days until the end of February but one week."""

    s3: S3Server
    feed: pathlib.Path
    lake: str  # s3://bucket/lake

    def add_days(self, *days: str) -> None:
        quiet = ("--lake", self.lake, "--quiet")
        retailsim("extract", "--data", self.feed, *days, *quiet, env=self.s3.env)
        retailsim("transform", *quiet, env=self.s3.env)

    @property
    def path(self) -> str:
        return self.lake.removeprefix("s3://")

    def objects(self, *layers: str) -> dict[str, bytes]:
        """What there is to load, by key below the lake."""
        return {
            key: self.s3.read(f"{self.path}/{key}")
            for key in self.s3.keys(self.path)
            if key.startswith(layers or ("clean/", "gold/")) and key.endswith(".parquet")
        }


@pytest.fixture(scope="module")
def shop(s3, tmp_path_factory) -> Shop:
    folder = tmp_path_factory.mktemp("shop")
    (folder / "chain.toml").write_text(CHAIN)
    retailsim("simulate", folder / "chain.toml", "--out", folder / "data_api", "--quiet")
    made = Shop(s3, folder / "data_api", f"s3://{s3.bucket()}/lake")
    made.add_days("--to", "2024-02-25")
    return made


class Warehouse:
    """An empty database behind a Data API."""

    def __init__(self, shop: Shop, connection: psycopg.Connection):
        self.shop, self.connection = shop, connection
        connection.execute(GETDATE)
        connection.commit()
        info = connection.info
        self.service = Service(
            f"host={info.host} user={info.user} dbname={info.dbname}",
            shop.s3.read,
            shop.s3.access_key,
            shop.s3.secret_key,
        )

    def load(self, *options: str, expect: int = 0, **faults: int) -> Answer:
        """One load, in which something goes wrong; every request was as AWS wants it."""
        self.service = replace(self.service, faults=Faults(**faults))
        with serving(self.service) as url:
            answer = retailsim(*self.command(*options), env=self.env(url), expect=expect)
        assert self.service.problems == []
        return answer

    def command(self, *options: str) -> list[str]:
        words = ("redshift", "load", "--lake", self.shop.lake, "--iam-role", ROLE, *TARGET)
        return [*words, "--json", "--threads", "2", *options]

    def env(self, url: str) -> dict[str, str]:
        return {**self.shop.s3.env, "AWS_ENDPOINT_URL_REDSHIFT_DATA": url}

    def tables(self) -> list[str]:
        found = self.connection.execute(
            "SELECT schemaname || '.' || tablename FROM pg_tables "
            "WHERE schemaname IN ('clean', 'gold') ORDER BY 1"
        )
        return [name for (name,) in found]

    def rows(self, table: str) -> Counter:
        self.connection.rollback()  # another look
        return Counter(self.connection.execute(f"SELECT * FROM {table}").fetchall())

    def assert_equals_lake(self, tmp_path: pathlib.Path) -> None:
        """Each table has exactly the rows that DuckDB finds in the lake."""
        for key, data in self.shop.objects().items():
            file = tmp_path / key
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        duck = connect()
        tables = self.tables()
        for table in tables:
            files = tmp_path / table.replace(".", "/") / "**" / "*.parquet"
            if not list(files.parent.parent.rglob("*.parquet")):
                assert self.rows(table) == Counter(), table
                continue
            duck.execute(f"CREATE OR REPLACE VIEW t AS FROM read_parquet('{files}', "
                         "hive_partitioning=false)")  # fmt: skip
            in_utc = ", ".join(
                f"timezone('UTC', {name}) AS {name}" if "TIME ZONE" in kind else name
                for name, kind, *_ in duck.execute("DESCRIBE t").fetchall()
            )
            expected = Counter(duck.execute(f"SELECT {in_utc} FROM t").fetchall())
            assert self.rows(table) == expected, table


@pytest.fixture
def warehouse(shop, postgres) -> Warehouse:
    return Warehouse(shop, postgres)


def loaded(answer: Answer) -> dict[str, int]:
    """How many units of each table were loaded."""
    tables = json.loads(answer.stdout)["tables"]
    return {name: each["objects_written"] for name, each in tables.items()}


def test_every_table_gets_the_rows_of_the_lake_and_a_second_load_asks_once(warehouse, tmp_path):
    first = warehouse.load()
    warehouse.assert_equals_lake(tmp_path)
    assert loaded(first)["transaction"] == 2
    assert len(warehouse.tables()) == len(loaded(first)) == 22
    assert sum(loaded(first).values()) == len(warehouse.shop.objects())
    second = warehouse.load()
    assert set(loaded(second).values()) == {0}
    assert [operation for operation, _ in warehouse.service.requests[:2]] == [
        "ExecuteStatement",
        "DescribeStatement",
    ]
    assert {operation for operation, _ in warehouse.service.requests[2:]} == {"GetStatementResult"}
    assert warehouse.load("--again").stdout != second.stdout
    warehouse.assert_equals_lake(tmp_path)


def test_a_request_names_the_cluster_and_who_asks(warehouse):
    warehouse.load("--table", "store")
    asked = [body for operation, body in warehouse.service.requests if "Execute" in operation]
    for body in asked:
        assert (body["ClusterIdentifier"], body["DbUser"], body["Database"]) == (
            "shop",
            "loader",
            "dev",
        )
    assert len({body["ClientToken"] for body in asked}) == len(asked)
    assert asked[-1]["StatementName"] == "retailsim: load clean.store all"


def test_keys_of_a_profile_serve_for_redshift_as_for_the_lake(warehouse, tmp_path):
    keys = tmp_path / "credentials"
    keys.write_text(
        f"[default]\naws_access_key_id = {warehouse.shop.s3.access_key}\n"
        f"aws_secret_access_key = {warehouse.shop.s3.secret_key}\n"
    )
    with serving(warehouse.service) as url:
        env = warehouse.env(url) | {
            "AWS_ACCESS_KEY_ID": "",
            "AWS_SECRET_ACCESS_KEY": "",
            "AWS_SHARED_CREDENTIALS_FILE": str(keys),
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        retailsim(*warehouse.command("--table", "store"), env=env)
    assert warehouse.service.problems == []


@pytest.mark.parametrize(
    ("variables", "code", "says"),
    [
        ({"AWS_ENDPOINT_URL_REDSHIFT_DATA": "http://127.0.0.1:1"}, 4, ("after 2 tries", "AWS_REG")),
        ({"AWS_ENDPOINT_URL_REDSHIFT_DATA": "127.0.0.1"}, 2, ("which is no address", "=http://")),
        # That of the lake, which is none of Redshift.
        ({}, 4, ("refuses ExecuteStatement: status", "AWS_ENDPOINT_URL_REDSHIFT_DATA")),
    ],
    ids=["nobody there", "no address", "another service"],
)
def test_a_service_that_is_not_there_is_told(variables, code, says, shop):
    command = ("redshift", "load", "--lake", shop.lake, *TARGET, "--retries", "1")
    answer = refused(*command, code=code, says=says, env=shop.s3.env | variables)
    assert shop.s3.secret_key not in answer.stderr


# What goes wrong, the exit code, and what is said of it. The next load completes it.
FAULTS = {
    "the first batch is refused": ({"fail_batch": 1}, 1, "Disk Full"),
    "a batch in the middle fails at its end": ({"fail_batch": 17}, 1, "Disk Full"),
    "the service dies inside a transaction": ({"die_at_copy": 4}, 4, "cannot ask http://127"),
    "the service dies after a commit": ({"die_after_batch": 19}, 4, "cannot ask http://127"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_load_that_was_stopped_is_completed_and_no_row_is_there_twice(name, warehouse, tmp_path):
    faults, code, says = FAULTS[name]
    stopped = warehouse.load(*CLEAN, "--retries", "0", expect=code, **faults)
    assert says in stopped.stderr
    assert "hint: " in stopped.stderr
    completed = warehouse.load(*CLEAN)
    if "first" not in name:
        assert 0 < sum(loaded(completed).values()) < len(warehouse.shop.objects("clean"))
    warehouse.assert_equals_lake(tmp_path)
    assert set(loaded(warehouse.load(*CLEAN)).values()) == {0}


def test_what_passes_is_waited_for_and_runs_once(warehouse, tmp_path):
    answer = warehouse.load(*CLEAN, busy=3, conflict_batch=9, lose_answer=24)
    warehouse.assert_equals_lake(tmp_path)
    service = warehouse.service
    assert service.batches == len(service.ids) - 1
    asked = Counter(
        body["ClientToken"] for operation, body in service.requests if "Execute" in operation
    )
    # Three times it was busy. libcurl by itself asks again where a connection that had served
    # before is dead. What another transaction undid is a request of its own.
    assert sum(asked.values()) - len(asked) == 3 + 1
    assert json.loads(answer.stdout)["retries"] == 3 + 1


def test_a_statement_that_takes_its_time_is_waited_for(warehouse):
    answer = warehouse.load("--table", "store", slow=True)
    assert loaded(answer) == {"store": 1}
    assert json.loads(answer.stdout)["retries"] == 0
    assert warehouse.rows("clean.store").total() == 1


def test_a_program_that_is_killed_leaves_nothing_that_the_next_load_cannot_use(warehouse, tmp_path):
    with serving(warehouse.service) as url:
        process = subprocess.Popen(
            [BINARY, *warehouse.command(*CLEAN)],
            env=warehouse.env(url),
            cwd=CHECKOUT,
            stdout=subprocess.DEVNULL,
        )
        while warehouse.service.copies < 5:
            assert process.poll() is None
            time.sleep(0.01)
        process.kill()
        process.wait()
    assert loaded(warehouse.load(*CLEAN))["store"] == 0
    warehouse.assert_equals_lake(tmp_path)


def test_a_load_with_too_few_rows_is_undone(warehouse, monkeypatch):
    """COPY that leaves something out would not be noticed otherwise."""
    copy = Service.copy

    def lossy(self, cursor, table, manifest):
        copy(self, cursor, table, manifest)
        cursor.execute(f"DELETE FROM {table} WHERE ctid = (SELECT min(ctid) FROM {table})")

    monkeypatch.setattr(Service, "copy", lossy)
    answer = warehouse.load("--table", "product", expect=1)
    assert "rows in the lake, but" in answer.stderr
    assert "in clean.product all" in answer.stderr
    assert "run again" in answer.stderr
    assert warehouse.rows("clean.product") == Counter()


def test_manifests_are_those_of_what_is_loaded_and_name_exactly_the_objects(warehouse):
    warehouse.load("--layer", "gold")
    shop = warehouse.shop
    folder = f"{shop.path}/_redshift/gold"
    named = {}
    for key in shop.s3.keys(folder):
        for entry in json.loads(shop.s3.read(f"{folder}/{key}"))["entries"]:
            named[entry["url"].removeprefix(f"{shop.lake}/")] = entry["meta"]["content_length"]
    assert named == {key: len(data) for key, data in shop.objects("gold").items()}
    # They are no part of the lake: nothing is done because of them.
    for stage in ("transform", "validate"):
        retailsim(stage, "--lake", shop.lake, "--quiet", env=shop.s3.env)
    assert set(loaded(warehouse.load("--layer", "gold")).values()) == {0}


def test_views_are_made_once_and_refreshed_then(warehouse):
    first = json.loads(warehouse.load(*CLEAN, "--refresh-views").stdout)
    assert first["views_made"] == 10
    second = json.loads(warehouse.load(*CLEAN, "--refresh-views").stdout)
    assert (second["views_made"], second["views_refreshed"]) == (0, 10)


def test_a_table_of_an_older_declaration_is_made_anew_and_the_views_on_it(warehouse, tmp_path):
    warehouse.load(*CLEAN)
    warehouse.connection.execute(
        "CREATE MATERIALIZED VIEW clean.on_store AS SELECT store_id FROM clean.store"
    )
    warehouse.connection.execute("ALTER TABLE clean.store ADD COLUMN of_old integer")
    warehouse.connection.execute(
        "UPDATE retailsim.loaded SET fingerprint = 'older' "
        "WHERE table_name = 'clean.store' AND part = 'table'"
    )
    warehouse.connection.commit()
    # It fails when the table is made and not yet filled, so that nothing but the ledger knows.
    warehouse.load("--table", "store", expect=1, fail_batch=2)
    assert warehouse.rows("clean.store") == Counter()
    assert loaded(warehouse.load("--table", "store")) == {"store": 1}
    warehouse.assert_equals_lake(tmp_path)


def test_a_month_that_changed_is_loaded_alone_and_one_that_is_gone_is_removed(warehouse, tmp_path):
    """The last test: it adds the days that were left out."""
    warehouse.load()
    before = warehouse.shop.s3.keys(f"{warehouse.shop.path}/_redshift/clean/visit")
    warehouse.shop.add_days("--from", "2024-02-26")
    changed = loaded(warehouse.load())
    # February got its last days, and March began; January and the snapshots stay.
    assert {changed[table] for table in ("transaction", "visit", "transaction_line")} == {2}
    assert changed["store_day"] == 2
    assert {changed[table] for table in ("store", "product", "price")} == {0}
    warehouse.assert_equals_lake(tmp_path / "more")
    after = warehouse.shop.s3.keys(f"{warehouse.shop.path}/_redshift/clean/visit")
    assert len(set(before) & set(after)) == 1
    assert len(after) == 3
    # What Redshift has of a month that the lake does not have.
    warehouse.connection.execute(
        "INSERT INTO clean.weather_day SELECT region, date '2023-12-31', 0, 0 "
        "FROM clean.weather_day LIMIT 1"
    )
    warehouse.connection.execute(
        "INSERT INTO retailsim.loaded VALUES "
        "('clean.weather_day', '2023-12', 'old', 1, timestamp '2026-01-01')"
    )
    warehouse.connection.commit()
    assert json.loads(warehouse.load().stdout)["units_removed"] == 1
    warehouse.assert_equals_lake(tmp_path / "again")
    assert json.loads(warehouse.load().stdout)["units_removed"] == 0
