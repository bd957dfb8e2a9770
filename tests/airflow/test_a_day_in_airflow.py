"""Whole days in a running Airflow: the lake it makes, and the notices it sends.

The tests share one Airflow and follow each other, as days do.
"""

import hashlib
import pathlib
import subprocess
import urllib.error
from typing import Any

import boto3
import pytest
from conftest import BINARY, CHECKOUT, MOTO_PLACE, Airflow, wait_for

pytestmark = pytest.mark.airflow
PIPELINE = "retail_pipeline"
DAYS = ["2024-01-01", "2024-01-03", "2024-01-02"]  # any order
DONE = ("success", 1)


def objects(lake: pathlib.Path) -> dict[str, str]:
    """Path and SHA-256 of every object that says something of the business."""
    return {
        str(path.relative_to(lake)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(lake.rglob("*.parquet"))
    }


def straight(tmp_path: pathlib.Path, last: str) -> dict[str, str]:
    """The lake that the program makes alone."""
    lake = tmp_path / "lake"
    folders = ["--data", tmp_path / "data_api", "--lake", lake]
    days = ["--from", "2024-01-01", "--to", last]
    subprocess.run(
        [BINARY, "run", CHECKOUT / "scenarios" / "tiny.toml", *folders, *days, "--quiet"],
        check=True,
        capture_output=True,
    )
    return objects(lake)


def test_a_day_outside_the_scenario_fails_at_once_and_is_mailed(airflow: Airflow) -> None:
    for dag in (PIPELINE, "retail_report"):
        airflow.unpause(dag)
    run = airflow.trigger(PIPELINE, "2025-01-01")
    assert airflow.end_of(PIPELINE, run) == "failed"
    assert airflow.tasks(PIPELINE, run)["simulate"] == [("failed", 1)]
    mail = wait_for(
        "a mail", lambda: airflow.mailbox.find("retail_pipeline.simulate failed", run), 30
    )[0]
    assert "try: 1" in mail
    assert "2025-01-01 to 2025-01-01 is not within the scenario" in mail
    assert "next step: read the task's log" in mail


def test_a_lake_on_s3_without_its_connection_fails_at_once(airflow: Airflow) -> None:
    run = airflow.trigger("retail_report", lake="s3://nowhere/lake")
    assert airflow.end_of("retail_report", run) == "failed"
    assert airflow.tasks("retail_report", run) == {"report": [("failed", 1)]}
    mail = wait_for("a mail", lambda: airflow.mailbox.find("retail_report.report failed", run), 30)
    assert "the connection retailsim_lake, which opens s3://nowhere/lake" in mail[0]


def test_days_in_any_order_make_the_lake_of_one_run(
    airflow: Airflow, tmp_path: pathlib.Path
) -> None:
    for run in [airflow.trigger(PIPELINE, day) for day in DAYS]:
        assert airflow.end_of(PIPELINE, run) == "success"
        assert airflow.tasks(PIPELINE, run) == {
            "simulate": [DONE],
            "extract": [DONE] * 7,
            "validate": [DONE],
            "transform": [DONE],
        }
        assert airflow.xcom(PIPELINE, run, "transform")["stage"] == "transform"
    made = objects(airflow.home / "lake")
    assert any(path.startswith("gold/store_day/") for path in made)
    assert made == straight(tmp_path, "2024-01-03")


def test_the_first_success_after_a_failed_run_is_mailed_once(airflow: Airflow) -> None:
    mails = wait_for("a mail", lambda: airflow.mailbox.find("retail_pipeline.simulate is well"), 30)
    assert len(mails) == 1
    assert "is not within the scenario" in mails[0]


def test_published_tables_start_the_report(airflow: Airflow) -> None:
    def report() -> str | None:
        runs = airflow.call("/api/v2/dags/retail_report/dagRuns")["dag_runs"]
        done = [run for run in runs if run["state"] == "success"]
        return done[0]["dag_run_id"] if done else None

    run = wait_for("a report", report)
    assert run.startswith("asset_triggered")
    assert airflow.xcom("retail_report", run, "report")["from"] == "2024-01-01"


def test_a_run_that_is_cleared_and_repeated_changes_no_byte(airflow: Airflow) -> None:
    run = airflow.trigger(PIPELINE, "2024-01-04")
    assert airflow.end_of(PIPELINE, run) == "success"
    before = objects(airflow.home / "lake")
    airflow.call(
        f"/api/v2/dags/{PIPELINE}/clearTaskInstances",
        {"dag_run_id": run, "dry_run": False, "only_failed": False, "reset_dag_runs": True},
    )
    assert airflow.end_of(PIPELINE, run) == "success"
    assert airflow.tasks(PIPELINE, run)["transform"] == [("success", 2)]
    assert objects(airflow.home / "lake") == before


def test_a_backfill_makes_the_days_it_names(airflow: Airflow, tmp_path: pathlib.Path) -> None:
    backfill = airflow.call(
        "/api/v2/backfills",
        {
            "dag_id": PIPELINE,
            "from_date": "2024-01-05T00:00:00Z",
            "to_date": "2024-01-06T00:00:00Z",
            "run_backwards": True,
            "max_active_runs": 2,
            "dag_run_conf": {},
        },
    )["id"]
    wait_for(
        "the backfill", lambda: airflow.call(f"/api/v2/backfills/{backfill}")["completed_at"], 120
    )
    assert objects(airflow.home / "lake") == straight(tmp_path, "2024-01-06")


def messages(topic: dict[str, str]) -> list[str]:
    """What has arrived in the queue behind the SNS topic."""
    sqs = boto3.client("sqs", **MOTO_PLACE, endpoint_url=topic["QUEUE_SERVER"])
    found: list[str] = []
    while True:
        answer: dict[str, Any] = sqs.receive_message(
            QueueUrl=topic["QUEUE"], MaxNumberOfMessages=10
        )
        if not answer.get("Messages"):
            return found
        found += [message["Body"] for message in answer["Messages"]]


def test_dirty_data_stops_at_the_gate_and_is_told_by_mail_and_sns(
    airflow: Airflow, topic: dict[str, str]
) -> None:
    lake = airflow.home / "dirty_lake"
    run = airflow.trigger(
        PIPELINE,
        "2024-01-07",
        scenario=str(CHECKOUT / "scenarios" / "stress.toml"),
        data=str(airflow.home / "dirty_data"),
        lake=str(lake),
        scale=0.2,
        max_rejected=0.0001,
    )
    assert airflow.end_of(PIPELINE, run) == "failed"
    tasks = airflow.tasks(PIPELINE, run)
    assert tasks["extract"] == [DONE] * 7
    assert tasks["validate"] == [("failed", 1)]
    assert tasks["transform"] == [("upstream_failed", 0)]
    assert not (lake / "gold").exists()
    mail = wait_for(
        "a mail", lambda: airflow.mailbox.find("retail_pipeline.validate failed", run), 30
    )[0]
    assert "exit code 3" in mail
    assert any("exit code 3" in message and run in message for message in messages(topic))


def test_late_data_is_told_and_so_is_its_end(airflow: Airflow) -> None:
    airflow.unpause("retail_data_is_late")
    run = airflow.trigger("retail_data_is_late", today="2024-01-20")
    assert airflow.end_of("retail_data_is_late", run) == "failed"
    mail = wait_for("a mail", lambda: airflow.mailbox.find("data is late", run), 30)[0]
    assert "published through 2024-01-06, 14 days ago; 2 are allowed" in mail
    run = airflow.trigger("retail_data_is_late", today="2024-01-07")
    assert airflow.end_of("retail_data_is_late", run) == "success"
    wait_for("a mail", lambda: airflow.mailbox.find("data_is_fresh is well again", run), 30)


def test_no_dag_has_an_import_error_or_a_warning(airflow: Airflow) -> None:
    for kind in ("importErrors", "dagWarnings"):
        assert airflow.call(f"/api/v2/{kind}")["total_entries"] == 0


def test_nobody_gets_in_without_the_password(airflow: Airflow) -> None:
    with pytest.raises(urllib.error.HTTPError, match="401"):
        airflow.call("/auth/token", {"username": "admin", "password": "guessed"})
