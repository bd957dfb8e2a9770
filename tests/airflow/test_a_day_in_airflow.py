"""Whole days in a running Airflow: the lake it makes, and the notices it sends.

The tests share one Airflow and follow each other, as days do.
"""

import hashlib
import json
import pathlib
import re
import subprocess
import urllib.error
from typing import Any

import boto3
import pytest
from conftest import (
    BINARY,
    CHECKOUT,
    MOTO_PLACE,
    RETRY_SECONDS,
    SERVED_DAY,
    Airflow,
    Api,
    wait_for,
)
from s3_server import S3Server

pytestmark = pytest.mark.airflow
PIPELINE, REPORT = "retail_pipeline", "retail_report"
TABLES = 9  # of the feed; each is a task
DONE = ("success", 1)


def objects(lake: pathlib.Path) -> dict[str, str]:
    """Path and SHA-256 of every object that says something of the business."""
    return {
        str(path.relative_to(lake)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(lake.rglob("*.parquet"))
    }


def straight(tmp_path: pathlib.Path, last: str, first: str = "2024-01-01") -> dict[str, str]:
    """The lake that the program makes alone."""
    lake = tmp_path / "lake"
    folders = ["--data", tmp_path / "data_api", "--lake", lake]
    days = ["--from", first, "--to", last]
    subprocess.run(
        [BINARY, "run", CHECKOUT / "scenarios" / "tiny.toml", *folders, *days, "--quiet"],
        check=True,
        capture_output=True,
    )
    return objects(lake)


def start(airflow: Airflow, day: str, **conf: Any) -> str:
    """Triggers the pipeline for a day, with the feed folder that no Variable names here."""
    return airflow.trigger(PIPELINE, day, **{"data": str(airflow.home / "data_api"), **conf})


def why(airflow: Airflow, dag: str, run: str, task: str) -> str:
    """The mail about a task that failed for good at its first try."""
    assert airflow.end_of(dag, run) == "failed"
    assert airflow.tasks(dag, run)[task] == [("failed", 1)]
    mail = wait_for("a mail", lambda: airflow.mailbox.find(f"{dag}.{task} failed", run), 30)[0]
    assert "try: 1" in mail
    assert "next step: read the task's log" in mail
    return mail


def test_what_is_missing_is_named_at_once(airflow: Airflow, s3: S3Server) -> None:
    for dag in (PIPELINE, REPORT):
        airflow.unpause(dag)
    nowhere = f"s3://{s3.bucket_name()}/lake"
    without_data = airflow.trigger(PIPELINE, "2024-01-31")
    without_connection = airflow.trigger(REPORT, lake=nowhere)
    assert "the Variable retailsim_data is set" in why(airflow, PIPELINE, without_data, "simulate")
    without_scenario = start(airflow, "2024-01-30", scenario="/nowhere.toml")
    outside_scenario = start(airflow, "2025-01-01")

    mail = why(airflow, REPORT, without_connection, "report")
    assert f"the connection retailsim_lake, which opens {nowhere}, does not exist" in mail
    airflow.call(
        "/api/v2/connections",
        {
            "connection_id": "retailsim_lake",
            "conn_type": "aws",
            "login": s3.access_key,
            "password": s3.secret_key,
            "extra": json.dumps({"region_name": "us-east-1", "endpoint_url": s3.url}),
        },
    )
    without_bucket = airflow.trigger(REPORT, lake=nowhere)
    assert "there is no such bucket" in why(airflow, REPORT, without_bucket, "report")

    binary = {"key": "retailsim_binary", "value": "/nowhere/retailsim"}
    assert "/nowhere.toml" in why(airflow, PIPELINE, without_scenario, "simulate")
    mail = why(airflow, PIPELINE, outside_scenario, "simulate")
    assert "2025-01-01 to 2025-01-01 is not within the scenario" in mail
    airflow.call("/api/v2/variables", binary)
    without_binary = airflow.trigger(REPORT)
    assert "no program at /nowhere/retailsim" in why(airflow, REPORT, without_binary, "report")
    airflow.call("/api/v2/variables/retailsim_binary", method="DELETE")


def test_a_day_makes_the_lake_of_the_program(airflow: Airflow, tmp_path: pathlib.Path) -> None:
    run = start(airflow, "2024-01-01")
    assert airflow.end_of(PIPELINE, run) == "success"
    assert airflow.tasks(PIPELINE, run) == {
        "simulate": [DONE],
        "extract": [DONE] * TABLES,
        "validate": [DONE],
        "transform": [DONE],
        "redshift": [("skipped", 1)],
    }
    assert airflow.xcom(PIPELINE, run, "transform")["stage"] == "transform"
    (records,) = (airflow.home / "lake" / "_runs").iterdir()
    names = {path.stem for path in records.iterdir()}
    assert {"extract-visit", "validate", "transform"} <= names
    made = objects(airflow.home / "lake")
    assert any(path.startswith("gold/store_day/") for path in made)
    assert made == straight(tmp_path, "2024-01-01")

    airflow.call(
        f"/api/v2/dags/{PIPELINE}/clearTaskInstances",
        {"dag_run_id": run, "dry_run": False, "only_failed": False, "reset_dag_runs": True},
    )
    assert airflow.end_of(PIPELINE, run) == "success"
    assert airflow.tasks(PIPELINE, run)["transform"] == [("success", 2)]
    assert objects(airflow.home / "lake") == made


def test_the_first_success_after_a_failed_run_is_mailed_once(airflow: Airflow) -> None:
    mails = wait_for("a mail", lambda: airflow.mailbox.find("retail_pipeline.simulate is well"), 30)
    assert len(mails) == 1
    assert "is not within the scenario" in mails[0]


def test_published_tables_start_the_report(airflow: Airflow) -> None:
    def report() -> str | None:
        runs = airflow.call(f"/api/v2/dags/{REPORT}/dagRuns")["dag_runs"]
        done = [run for run in runs if run["state"] == "success"]
        return done[0]["dag_run_id"] if done else None

    run = wait_for("a report", report)
    assert run.startswith("asset_triggered")
    assert airflow.xcom(REPORT, run, "report")["from"] == "2024-01-01"


def test_a_backfill_in_reverse_makes_the_lake_of_the_days_in_order(
    airflow: Airflow, tmp_path: pathlib.Path
) -> None:
    backfill = airflow.call(
        "/api/v2/backfills",
        {
            "dag_id": PIPELINE,
            "from_date": "2024-01-02T00:00:00Z",
            "to_date": "2024-01-04T00:00:00Z",
            "run_backwards": True,
            "max_active_runs": 2,
            "dag_run_conf": {"data": str(airflow.home / "data_api")},
        },
    )["id"]
    wait_for(
        "the backfill", lambda: airflow.call(f"/api/v2/backfills/{backfill}")["completed_at"], 120
    )
    assert objects(airflow.home / "lake") == straight(tmp_path, "2024-01-04")


def test_an_api_that_fails_first_is_read_into_s3_after_growing_pauses(
    airflow: Airflow, api: Api, s3: S3Server, tmp_path: pathlib.Path
) -> None:
    bucket = s3.bucket_name()
    client = boto3.client(
        "s3",
        endpoint_url=s3.url,
        region_name="us-east-1",
        aws_access_key_id=s3.access_key,
        aws_secret_access_key=s3.secret_key,
    )
    client.create_bucket(Bucket=bucket)
    api.out_of_order.add("/v1/visits")
    run = airflow.trigger(PIPELINE, SERVED_DAY, api=api.url, lake=f"s3://{bucket}/lake")

    def second_try_has_failed() -> bool:
        extracted = airflow.tasks(PIPELINE, run).get("extract", [])
        return ("up_for_retry", 2) in extracted

    wait_for("two failed tries", second_try_has_failed)
    api.out_of_order.clear()
    assert airflow.end_of(PIPELINE, run) == "success"
    tasks = airflow.tasks(PIPELINE, run)
    assert tasks["simulate"] == [("skipped", 1)]
    assert tasks["extract"][6] == ("success", 3)
    # With SQLite, Airflow 3.0 now and then loses a task before it starts, and tries it again.
    assert [state for state, _ in tasks["extract"]] == ["success"] * TABLES
    first, second = airflow.pauses(PIPELINE, run, "extract/6")
    assert RETRY_SECONDS <= first < second
    assert second >= 2 * RETRY_SECONDS
    wait_for("a mail", lambda: airflow.mailbox.find("retail_pipeline.extract is well", run), 30)

    listed = client.list_objects_v2(Bucket=bucket, Prefix="lake/gold/")["Contents"]
    gold = {
        entry["Key"].removeprefix("lake/"): hashlib.sha256(
            client.get_object(Bucket=bucket, Key=entry["Key"])["Body"].read()
        ).hexdigest()
        for entry in listed
        if entry["Key"].endswith(".parquet")
    }
    alone = straight(tmp_path, SERVED_DAY, SERVED_DAY)
    assert gold == {path: sha for path, sha in alone.items() if path.startswith("gold/")}
    assert gold


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
    scenario = airflow.home / "dirty.toml"
    tiny = (CHECKOUT / "scenarios" / "tiny.toml").read_text()
    scenario.write_text(f"{tiny}\n[defects]\nfactor = 20\n")
    run = start(
        airflow,
        "2024-01-07",
        scenario=str(scenario),
        data=str(airflow.home / "dirty_data"),
        lake=str(lake),
    )
    assert airflow.end_of(PIPELINE, run) == "failed"
    tasks = airflow.tasks(PIPELINE, run)
    assert tasks["extract"] == [DONE] * TABLES
    assert tasks["validate"] == [("failed", 1)]
    assert tasks["transform"] == [("upstream_failed", 0)]
    assert not (lake / "gold").exists()
    mail = wait_for(
        "a mail", lambda: airflow.mailbox.find("retail_pipeline.validate failed", run), 30
    )[0]
    assert "exit code 3" in mail
    share = r"transaction_line: \d+ of [\d,]+ rows \(\d+\.\d\d %\)"
    assert re.search(rf"more than 2\.00 % of the rows were refused: .*{share}", mail)
    assert any("exit code 3" in message and run in message for message in messages(topic))


def test_late_data_is_told_and_so_is_its_end(airflow: Airflow) -> None:
    airflow.unpause("retail_data_is_late")
    run = airflow.trigger("retail_data_is_late", today="2024-01-20")
    assert airflow.end_of("retail_data_is_late", run) == "failed"
    mail = wait_for("a mail", lambda: airflow.mailbox.find("data is late", run), 30)[0]
    assert "published through 2024-01-04, 16 days ago; 2 are allowed" in mail
    run = airflow.trigger("retail_data_is_late", today="2024-01-05")
    assert airflow.end_of("retail_data_is_late", run) == "success"
    wait_for("a mail", lambda: airflow.mailbox.find("data_is_fresh is well again", run), 30)


def test_no_dag_has_an_import_error_or_a_warning(airflow: Airflow) -> None:
    for kind in ("importErrors", "dagWarnings"):
        assert airflow.call(f"/api/v2/{kind}")["total_entries"] == 0


def test_nobody_gets_in_without_the_password(airflow: Airflow) -> None:
    with pytest.raises(urllib.error.HTTPError, match="401"):
        airflow.call("/auth/token", {"username": "admin", "password": "guessed"})
