"""Rows and cents that enter a stage leave it, are quarantined, or are counted as duplicates."""

import json
from decimal import Decimal

import pytest
from harness import EVENTS, OPTIONAL, connect

TABLES = ("transaction", "transaction_line", "visit")


@pytest.fixture(scope="module", params=["quickstart", "stress"])
def pipeline(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def lake(pipeline):
    connection = connect()
    for layer in ("raw", "clean"):
        pipeline.lake.open(layer, connection, schema=layer)
    pipeline.lake.beside("quarantine", connection, "quarantine")
    pipeline.lake.beside("findings", connection, "findings")
    connection.execute(
        "CREATE VIEW raw_with_place AS FROM read_parquet("
        f"'{pipeline.lake.folder}/raw/transaction_line/*/*.parquet', "
        "hive_partitioning=true, file_row_number=true)"
    )
    return connection


def number(connection, sql: str) -> int:
    return connection.execute(sql).fetchone()[0] or 0


@pytest.mark.parametrize("table", EVENTS)
def test_what_was_delivered_is_in_raw_or_in_quarantine(table, pipeline, lake):
    files = json.loads((pipeline.feed.folder / "manifest.json").read_text())["tables"][table]
    delivered = sum(file["rows"] for file in files.values())
    stored = number(lake, f"SELECT count(*) FROM raw.{table}")
    refused = number(
        lake,
        f"SELECT count(*) FROM quarantine WHERE table_name = '{table}' AND stage = 'validate'",
    )
    assert delivered == stored + refused
    assert refused > 0 or table in OPTIONAL


def test_the_lines_of_every_receipt_let_through_are_in_raw_or_in_quarantine(stress):
    connection = connect()
    stress.lake.view(connection, "raw", "transaction_line", "raw_line")
    stress.lake.beside("quarantine", connection, "quarantine")
    refused = set(
        connection.execute(
            "SELECT feed_date::VARCHAR, feed_row FROM quarantine "
            "WHERE table_name = 'transaction' AND stage = 'validate'"
        ).fetchall()
    )
    delivered = 0
    for file in sorted((stress.feed.folder / "transaction").glob("*.ndjson")):
        for place, line in enumerate(file.read_text().splitlines()):
            if (file.stem, place) not in refused:
                delivered += len(json.loads(line)["lines"])
    stored = number(connection, "SELECT count(*) FROM raw_line")
    quarantined = number(
        connection,
        "SELECT count(*) FROM quarantine "
        "WHERE table_name = 'transaction_line' AND stage = 'validate'",
    )
    assert delivered == stored + quarantined
    assert quarantined > 0


@pytest.mark.parametrize("table", TABLES)
def test_what_is_in_raw_is_in_clean_in_quarantine_or_a_duplicate(table, lake):
    raw = number(lake, f"SELECT count(*) FROM raw.{table}")
    clean = number(lake, f"SELECT count(*) FROM clean.{table}")
    of_table = f"table_name = '{table}' AND stage = 'clean'"
    refused = number(lake, f"SELECT count(*) FROM quarantine WHERE {of_table}")
    again = number(lake, f"SELECT count(*) FROM findings WHERE {of_table} AND rule = 'duplicate'")
    assert raw == clean + refused + again
    assert again > 0


def test_every_cent_of_raw_is_accounted_for(lake):
    raw = number(lake, "SELECT sum(net) FROM raw.transaction_line")
    clean = number(lake, "SELECT sum(net) FROM clean.transaction_line")
    refused = number(
        lake,
        "SELECT sum((received->>'net')::DECIMAL(12,2)) FROM "
        "(SELECT received::JSON AS received FROM quarantine "
        "WHERE table_name = 'transaction_line' AND stage = 'clean')",
    )
    again = number(
        lake,
        """WITH kept AS (SELECT *, row_number() OVER (
                   PARTITION BY transaction_id, line_number ORDER BY feed_date, place) AS copy
               FROM (SELECT *, file_row_number AS place FROM raw_with_place) AS placed)
           SELECT sum(net) FROM kept WHERE copy > 1""",
    )
    repaired = number(
        lake,
        "SELECT sum(coalesce(try_cast(after AS DECIMAL(12,2)), 0) - "
        "coalesce(try_cast(before AS DECIMAL(12,2)), 0)) FROM findings "
        "WHERE table_name = 'transaction_line' AND stage = 'clean' AND field = 'net'",
    )
    assert raw == clean + refused + again - repaired
    assert abs(repaired) > Decimal(1)


def test_each_stage_records_what_the_lake_shows(stress, lake):
    record = json.loads(stress.answer.stdout)
    for stage in record["stages"]:
        if stage["stage"] not in ("extract", "transform"):
            continue
        for name, table in stage["tables"].items():
            assert table["rows_in"] == (
                table["rows_out"] + table["quarantined"] + table["duplicates"]
            ), (stage["stage"], name)
            assert table["cents_in"] == (
                table["cents_out"]
                + table["cents_quarantined"]
                + table["cents_duplicates"]
                - table["cents_repaired"]
            ), (stage["stage"], name)
