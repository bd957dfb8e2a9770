"""Defects are put into the feed, their truth is kept aside, and cleaning is graded by it."""

import json

import pytest
from harness import SCENARIOS, connect, differences, retailsim

# Bars of precision and recall; a kind that is missing here is shown by `score` and not graded.
EXACT = ("null_value", "unit_slip", "sign_flip", "duplicate", "orphan", "encoding", "malformed")
EXACT += ("null_key", "mistyped_key", "bad_date", "broken_rule")
NEARLY = ("price_outlier", "quantity_outlier")


@pytest.fixture(scope="module")
def grades(stress):
    answer = retailsim(
        "score", "--lake", stress.lake.folder, "--truth", stress.folder / "truth", "--json"
    )
    return json.loads(answer.stdout)["data_quality"]


def test_every_kind_of_row_defect_is_there_three_hundred_times(grades):
    counts = {row["kind"]: row["true"] for row in grades["by_kind"]}
    for kind in (*EXACT, *NEARLY, "clock_glitch", "out_of_order", "late"):
        assert counts.get(kind, 0) >= 300, (kind, counts)


@pytest.mark.parametrize("kind", EXACT)
def test_what_can_be_told_for_sure_is_told_for_sure(kind, grades):
    rows = [row for row in grades["by_column"] if row["kind"] == kind]
    assert rows
    for row in rows:
        assert row["precision"] is not None, row
        assert row["recall"] is not None, row
        assert row["precision"] >= 0.99, row
        assert row["recall"] >= 0.99, row


@pytest.mark.parametrize("kind", NEARLY)
def test_outliers_are_found_nineteen_times_in_twenty(kind, grades):
    rows = [row for row in grades["by_column"] if row["kind"] == kind]
    assert len(rows) == 1
    assert rows[0]["precision"] >= 0.95, rows
    assert rows[0]["recall"] >= 0.95, rows


def test_late_rows_and_clock_glitches_are_all_noted(grades):
    for kind in ("late", "clock_glitch"):
        row = next(row for row in grades["by_kind"] if row["kind"] == kind)
        # Rows that are refused for another reason are not noted.
        assert row["precision"] >= 0.99, row
        assert row["recall"] >= 0.95, row


def test_the_run_record_names_the_column_that_the_schema_does_not_know(stress):
    record = json.loads(stress.answer.stdout)
    extract = next(stage for stage in record["stages"] if stage["stage"] == "extract")
    assert extract["tables"]["transaction"]["unknown_columns"]["till_version"] > 100


def lines_of(feed, connection, schema):
    feed.open(connection, schema=schema)
    return f"{schema}.transaction_line"


def store_months(connection, lines: str) -> str:
    return f"""SELECT store_id, date_trunc('month', business_date) AS month,
                      sum(CASE kind WHEN 'SALE' THEN net ELSE -net END) AS net
               FROM {lines} GROUP BY ALL"""


def worst_difference(connection, left: str, right: str) -> float:
    """The largest relative difference of net sales over all store-months."""
    return connection.execute(
        f"""SELECT max(abs(coalesce(a.net, 0) - coalesce(b.net, 0)) / greatest(abs(b.net), 1))
            FROM ({store_months(connection, left)}) AS a
            FULL JOIN ({store_months(connection, right)}) AS b USING (store_id, month)"""
    ).fetchone()[0]


def test_after_repair_every_store_month_is_within_a_fifth_of_a_percent(stress, flawless_stress):
    connection = connect()
    truth = lines_of(flawless_stress, connection, "truth")
    stress.lake.open("clean", connection, schema="clean")
    stress.lake.view(connection, "raw", "transaction_line", "raw_line")
    connection.execute(
        f"CREATE TABLE kept AS FROM {truth} SEMI JOIN clean.transaction_line "
        "USING (transaction_id, line_number)"
    )
    cleaned = worst_difference(connection, "clean.transaction_line", "kept")
    as_received = worst_difference(connection, "raw_line", "kept")
    print(f"worst store-month: {cleaned:.5%} after cleaning, {as_received:.1%} as received")
    assert cleaned <= 0.002
    assert as_received > 0.05


@pytest.fixture(scope="module")
def quickstart_truth(quickstart, flawless_quickstart):
    connection = connect()
    flawless_quickstart.lake.open("clean", connection, schema="truth")
    quickstart.lake.open("clean", connection, schema="clean")
    return connection


def test_what_quickstart_loses_to_quarantine_is_under_a_hundredth(quickstart_truth):
    lost, whole = quickstart_truth.execute(
        """SELECT (SELECT sum(net) FROM truth.transaction_line ANTI JOIN clean.transaction_line
                       USING (transaction_id, line_number)),
                  (SELECT sum(net) FROM truth.transaction_line)"""
    ).fetchone()
    assert 0 < lost / whole <= 0.01


def test_what_was_not_struck_is_as_it_was(quickstart, quickstart_truth):
    files = quickstart.folder / "truth" / "truth_defect" / "*.ndjson"
    quickstart_truth.execute(
        f"CREATE TABLE struck AS SELECT key FROM read_json('{files}', format='newline_delimited')"
    )
    for side in ("clean", "truth"):
        other = "truth" if side == "clean" else "clean"
        quickstart_truth.execute(
            f"""CREATE TABLE untouched_{side} AS FROM {side}.transaction_line AS line
                SEMI JOIN {other}.transaction_line USING (transaction_id, line_number)
                WHERE transaction_id || '/' || line_number NOT IN (SELECT key FROM struck)"""
        )
    assert differences(quickstart_truth, "untouched_clean", "untouched_truth") == []


@pytest.mark.parametrize(
    ("name", "lines"), [("flawless_quickstart", 3_000_000), ("panel", 1_442_739)]
)
def test_good_lines_are_hardly_ever_taken_for_outliers(name, lines, request):
    pipeline = request.getfixturevalue(name)
    connection = connect()
    pipeline.lake.beside("quarantine", connection, "refused")
    flagged = connection.execute(
        "SELECT count(*) FROM refused WHERE rule IN ('price_outlier', 'quantity_outlier')"
    ).fetchone()[0]
    assert flagged <= lines / 1000


def test_the_truth_of_another_feed_is_refused(stress, quickstart):
    answer = retailsim(
        "score", "--lake", stress.lake.folder, "--truth", quickstart.folder / "truth", expect=2
    )
    assert "the truth of another feed (quickstart)" in answer.stderr
    assert "hint:" in answer.stderr


def test_the_gate_refuses_a_storm_and_names_the_tables(tmp_path):
    data, lake = tmp_path / "data_api", tmp_path / "lake"
    answer = retailsim(
        "run",
        SCENARIOS / "stress.toml",
        "--data",
        data,
        "--lake",
        lake,
        "--to",
        "2024-01-07",
        "--max-rejected",
        "0.001",
        expect=3,
    )
    assert "more than 0.10 % of the rows were refused" in answer.stderr
    assert "transaction:" in answer.stderr
    assert not (lake / "gold").exists(), "nothing is published behind a closed gate"
