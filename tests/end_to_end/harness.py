"""Drives bin/retailsim from outside and reads what it leaves behind with DuckDB.

Nothing here knows how the program works: the types below are written from the contract of the
feed, not taken from the code.
"""

import graphlib
import hashlib
import json
import os
import pathlib
import re
import subprocess
from dataclasses import dataclass

import duckdb

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]
# RETAILSIM=build/asan/retailsim tries another build.
BINARY = pathlib.Path(os.environ.get("RETAILSIM", CHECKOUT / "bin" / "retailsim")).absolute()
SCENARIOS = CHECKOUT / "scenarios"

MONEY = "DECIMAL(12,2)"
LINE = {
    "line_number": "INTEGER",
    "product_id": "BIGINT",
    "quantity": "INTEGER",
    "list_price": MONEY,
    "gross": MONEY,
    "discount": MONEY,
    "net": MONEY,
    "promo_id": "BIGINT",
    "unit_cost": MONEY,
    "tax": MONEY,
}
TABLES = {
    "store": {
        "store_id": "BIGINT",
        "name": "VARCHAR",
        "format": "VARCHAR",
        "region": "VARCHAR",
        "city": "VARCHAR",
        "latitude": "DECIMAL(9,6)",
        "longitude": "DECIMAL(9,6)",
        "sales_area_sqm": "INTEGER",
        "opened_on": "DATE",
        "closed_on": "DATE",
        "open_hour": "INTEGER",
        "close_hour": "INTEGER",
        "timezone": "VARCHAR",
        "currency": "VARCHAR",
    },
    "product": {
        "product_id": "BIGINT",
        "gtin": "VARCHAR",
        "name": "VARCHAR",
        "department": "VARCHAR",
        "category": "VARCHAR",
        "subcategory": "VARCHAR",
        "brand": "VARCHAR",
        "is_private_label": "BOOLEAN",
        "tax_rate": "DECIMAL(5,4)",
        "launched_on": "DATE",
        "delisted_on": "DATE",
    },
    "price": {
        "product_id": "BIGINT",
        "zone": "VARCHAR",
        "valid_from": "DATE",
        "valid_to": "DATE",
        "list_price": MONEY,
        "unit_cost": MONEY,
    },
    "promotion": {
        "promo_id": "BIGINT",
        "kind": "VARCHAR",
        "depth_pct": "INTEGER",
        "starts_on": "DATE",
        "ends_on": "DATE",
        "products": "BIGINT[]",
    },
    "customer": {
        "customer_id": "BIGINT",
        "household_id": "BIGINT",
        "home_store_id": "BIGINT",
        "segment": "VARCHAR",
        "loyalty_tier": "VARCHAR",
        "joined_on": "DATE",
        "birth_year": "INTEGER",
        "name": "VARCHAR",
        "email": "VARCHAR",
    },
    "transaction": {
        "transaction_id": "BIGINT",
        "store_id": "BIGINT",
        "business_date": "DATE",
        "local_hour": "INTEGER",
        "begin_at": "TIMESTAMPTZ",
        "channel": "VARCHAR",
        "kind": "VARCHAR",
        "original_transaction_id": "BIGINT",
        "customer_id": "BIGINT",
        "tender": "VARCHAR",
        "gross": MONEY,
        "discount": MONEY,
        "net": MONEY,
        "tax": MONEY,
        "total": MONEY,
        "lines": "STRUCT(" + ", ".join(f"{name} {kind}" for name, kind in LINE.items()) + ")[]",
    },
    "visit": {
        "visit_id": "BIGINT",
        "store_id": "BIGINT",
        "entered_at": "TIMESTAMPTZ",
        "business_date": "DATE",
        "local_hour": "INTEGER",
        "dwell_s": "INTEGER",
        "customer_id": "BIGINT",
        "party_size": "INTEGER",
        "mission": "VARCHAR",
        "transaction_id": "BIGINT",
    },
    "inventory_day": {
        "store_id": "BIGINT",
        "product_id": "BIGINT",
        "business_date": "DATE",
        "on_hand_close": "INTEGER",
        "received": "INTEGER",
        "waste": "INTEGER",
        "adjustment": "INTEGER",
        "minutes_out_of_stock": "INTEGER",
    },
    "weather_day": {
        "region": "VARCHAR",
        "business_date": "DATE",
        "temperature_c": "DECIMAL(9,1)",
        "rain_mm": "DECIMAL(9,1)",
    },
}
BESIDE = {
    "quarantine": {
        "feed_date": "DATE",
        "feed_row": "BIGINT",
        "key": "VARCHAR",
        "field": "VARCHAR",
        "rule": "VARCHAR",
        "reason": "VARCHAR",
        "received": "VARCHAR",
    },
    "findings": {
        "feed_date": "DATE",
        "feed_row": "BIGINT",
        "key": "VARCHAR",
        "field": "VARCHAR",
        "rule": "VARCHAR",
        "outcome": "VARCHAR",
        "before": "VARCHAR",
        "after": "VARCHAR",
    },
}
EVENTS = ("transaction", "visit", "inventory_day", "weather_day")
OPTIONAL = ("inventory_day", "weather_day")  # a feed may be without them
SNAPSHOTS = tuple(name for name in TABLES if name not in EVENTS)
# In the lake, nested rows are tables of their own.
LAKE_TABLES = (*TABLES, "transaction_line", "promotion_product")
PROMOTION_PRODUCT = {"promo_id": "BIGINT", "product_id": "BIGINT"}


@dataclass(frozen=True)
class Answer:
    code: int
    stdout: str
    stderr: str


def retailsim(*arguments, expect: int = 0, env: dict | None = None, binary=BINARY) -> Answer:
    """Runs the program; fails the test with its words when the exit code is not `expect`."""
    command = [str(binary), *(str(argument) for argument in arguments)]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **(env or {})},
        cwd=CHECKOUT,
    )
    answer = Answer(done.returncode, done.stdout, done.stderr)
    said = f"{' '.join(command)}\nexit code {answer.code}\n{answer.stdout}\n{answer.stderr}"
    assert answer.code == expect, said
    return answer


def digests(folder: pathlib.Path, pattern: str = "*") -> dict[str, str]:
    """Relative path -> SHA-256 of every file whose name matches."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob(pattern))
        if file.is_file()
    }


def connect() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("SET timezone='UTC'")
    return connection


class Feed:
    """A data_api/ folder."""

    def __init__(self, folder: pathlib.Path):
        self.folder = folder

    def days(self, table: str = "transaction") -> list[str]:
        return sorted(file.stem for file in (self.folder / table).glob("*.ndjson"))

    def events(self) -> dict[str, str]:
        return {
            name: digest
            for table in EVENTS
            for name, digest in digests(self.folder, "*.ndjson").items()
            if name.startswith(f"{table}/")
        }

    def snapshots(self) -> dict[str, str]:
        return {
            name: digest
            for name, digest in digests(self.folder, "*.ndjson").items()
            if "/" not in name
        }

    def open(self, connection=None, schema: str = "main") -> duckdb.DuckDBPyConnection:
        """Every table as it will be in the lake, read from the JSON text."""
        connection = connection or connect()
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
        for table, types in TABLES.items():
            files = self.folder / (f"{table}/*.ndjson" if table in EVENTS else f"{table}.ndjson")
            target = f"{schema}.{table}"
            if not list(self.folder.glob(str(files.relative_to(self.folder)))):
                columns = ", ".join(f"{name} {kind}" for name, kind in types.items())
                connection.execute(f"CREATE TABLE {target} ({columns})")
            else:
                connection.execute(
                    f"CREATE TABLE {target} AS FROM read_json('{files}', "
                    f"format='newline_delimited', columns={types})"
                )
        columns = ", ".join(f"line.{name}" for name in LINE if name != "line_number")
        connection.execute(
            f"CREATE VIEW {schema}.transaction_line AS SELECT transaction_id, line.line_number, "
            f"kind, store_id, business_date, {columns} FROM (SELECT *, unnest(lines) AS line "
            f"FROM {schema}.transaction)"
        )
        connection.execute(
            f"CREATE VIEW {schema}.promotion_product AS "
            f"SELECT promo_id, unnest(products) AS product_id FROM {schema}.promotion"
        )
        return connection

    def add_deliveries(self, connection) -> None:
        """The same as Lake's, of a feed in which nothing is wrong."""
        connection.execute("CREATE TABLE raw_row (table_name VARCHAR, feed_date DATE)")
        for table in TABLES:
            for file in sorted(
                self.folder.glob(f"{table}*/*.ndjson" if table in EVENTS else f"{table}.ndjson")
            ):
                day = file.stem if table in EVENTS else None
                rows = [json.loads(line) for line in file.read_text().splitlines()]
                counts = {table: len(rows)}
                for child, nested in (
                    ("transaction_line", "lines"),
                    ("promotion_product", "products"),
                ):
                    counts[child] = sum(len(row.get(nested, ())) for row in rows)
                for name, count in counts.items():
                    connection.execute(
                        "INSERT INTO raw_row SELECT $1, $2::DATE FROM range($3)", [name, day, count]
                    )
        for which, types in BESIDE.items():
            columns = ", ".join(f"{column} {kind}" for column, kind in types.items())
            connection.execute(
                f"CREATE TABLE {which} (table_name VARCHAR, stage VARCHAR, {columns})"
            )


class Lake:
    """A lake in a local folder."""

    def __init__(self, folder: pathlib.Path):
        self.folder = folder

    def objects(self) -> dict[str, str]:
        """Every Parquet object of every layer."""
        return digests(self.folder, "*.parquet")

    def files(self, layer: str, table: str) -> list[pathlib.Path]:
        return sorted((self.folder / layer / table).rglob("*.parquet"))

    def open(self, layer: str = "clean", connection=None, schema: str = "main"):
        """The tables of a layer as views; a table without objects is empty."""
        connection = connection or connect()
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
        for table in LAKE_TABLES:
            if self.files(layer, table):
                self.view(connection, layer, table, f"{schema}.{table}")
            elif table != "transaction_line":
                types = TABLES.get(table, PROMOTION_PRODUCT)
                columns = ", ".join(f"{name} {kind}" for name, kind in types.items())
                connection.execute(f"CREATE TABLE {schema}.{table} ({columns})")
        return connection

    def view(self, connection, layer: str, table: str, name: str) -> None:
        connection.execute(
            f"CREATE VIEW {name} AS FROM read_parquet('{self.folder}/{layer}/{table}/"
            "**/*.parquet', hive_partitioning=false)"
        )

    def beside(self, which: str, connection, name: str) -> None:
        """All quarantined rows or findings as one view, with table_name and stage; none is an
        empty table."""
        files = self.files(which, "")
        if not files:
            columns = ", ".join(f"{column} {kind}" for column, kind in BESIDE[which].items())
            connection.execute(
                f"CREATE TABLE {name} (table_name VARCHAR, stage VARCHAR, {columns})"
            )
            return
        folder = f"{self.folder}/{which}/"
        connection.execute(
            f"CREATE VIEW {name} AS SELECT split_part(filename[{len(folder) + 1}:], '/', 1) "
            "AS table_name, split_part(split_part(filename, 'stage=', 2), '/', 1) AS stage, "
            f"* EXCLUDE filename FROM read_parquet('{folder}**/*.parquet', "
            "hive_partitioning=false, filename=true)"
        )

    def add_deliveries(self, connection) -> None:
        """What sql/gold/data_quality_day.sql reads."""
        day = {True: "feed_date::DATE", False: "NULL::DATE"}
        parts = [
            f"SELECT '{table}' AS table_name, "
            f"{day[table in (*EVENTS, 'transaction_line')]} AS feed_date FROM read_parquet("
            f"'{self.folder}/raw/{table}/**/*.parquet', hive_partitioning=true)"
            for table in LAKE_TABLES
            if self.files("raw", table)
        ]
        connection.execute(f"CREATE VIEW raw_row AS {' UNION ALL '.join(parts)}")
        self.beside("quarantine", connection, "quarantine")
        self.beside("findings", connection, "findings")

    def quarantined(self) -> int:
        files = [str(file) for file in self.files("quarantine", "")]
        if not files:
            return 0
        answer = connect().execute(
            "SELECT count(*) FROM read_parquet($1, hive_partitioning=false)", [files]
        )
        return answer.fetchone()[0]


SQL = {file.stem: file.read_text() for file in sorted((CHECKOUT / "sql" / "gold").glob("*.sql"))}


def in_order(texts: dict[str, str]) -> tuple[str, ...]:
    """The tables, each after those that its SQL reads."""
    reads = {
        table: {name for name in re.findall(r"\b(?:from|join)\s+(\w+)", text) if name in texts}
        for table, text in texts.items()
    }
    return tuple(graphlib.TopologicalSorter(reads).static_order())


# Every gold table, by the SQL that defines it.
KPI_TABLES = in_order(SQL)


def add_kpis(connection: duckdb.DuckDBPyConnection, source: "Feed | Lake") -> None:
    """Adds every gold table, by the SQL that defines it; `source` tells what was delivered."""
    source.add_deliveries(connection)
    for table in KPI_TABLES:
        connection.execute(f"CREATE TABLE {table} AS {SQL[table]}")


def shape(connection, relation: str) -> list[tuple[str, str]]:
    """Column names and types."""
    return [(row[0], row[1]) for row in connection.execute(f"DESCRIBE FROM {relation}").fetchall()]


def differences(connection, left: str, right: str, columns: str = "*") -> list[tuple]:
    """Up to five rows that only one of two relations has, however often they occur."""
    return connection.execute(
        f"(SELECT 'only in {left}', COLUMNS(*)::VARCHAR FROM "
        f"(SELECT {columns} FROM {left} EXCEPT ALL SELECT {columns} FROM {right}) LIMIT 5) "
        "UNION ALL "
        f"(SELECT 'only in {right}', COLUMNS(*)::VARCHAR FROM "
        f"(SELECT {columns} FROM {right} EXCEPT ALL SELECT {columns} FROM {left}) LIMIT 5)"
    ).fetchall()


def count(connection, relation: str) -> int:
    return connection.execute(f"SELECT count(*) FROM {relation}").fetchone()[0]
