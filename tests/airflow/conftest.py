"""A whole Airflow for the tests: tools/airflow.sh on free ports, with a mailbox and an SNS topic.

Run with the Python of an Airflow environment: `make test-airflow`.
"""

import dataclasses
import html
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("RETAILSIM", CHECKOUT / "bin" / "retailsim")).absolute()
# Importing Airflow writes a configuration somewhere: not into anybody's home.
os.environ.setdefault("AIRFLOW_HOME", str(CHECKOUT / "build" / "airflow-tests"))
MOTO_PLACE = {
    "region_name": "eu-west-3",
    "aws_access_key_id": "testing",
    "aws_secret_access_key": "testing",
}
sys.path.insert(0, str(CHECKOUT / "airflow" / "dags"))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def wait_for(what: str, ready: Callable[[], Any], seconds: float = 150) -> Any:
    """The first true answer of `ready`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := ready():
            return answer
        time.sleep(1)
    raise AssertionError(f"waited {seconds} s in vain for {what}")


@dataclasses.dataclass
class Mailbox:
    """Keeps what arrives at an SMTP server on loopback."""

    port: int
    mails: list[EmailMessage] = dataclasses.field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def find(self, subject: str, text: str = "") -> list[str]:
        """The texts of the mails whose subject and body hold these words."""
        bodies = [
            html.unescape(part.get_content())
            for mail in list(self.mails)
            if subject in str(mail["Subject"])
            for part in mail.walk()
            if part.get_content_maintype() == "text"
        ]
        return [body for body in bodies if text in body]


@dataclasses.dataclass
class Airflow:
    """A running Airflow, spoken to over its REST API."""

    url: str
    home: pathlib.Path
    mailbox: Mailbox
    token: str = ""

    def call(self, path: str, body: Any = None, method: str | None = None) -> Any:
        request = urllib.request.Request(
            self.url + path,
            data=None if body is None else json.dumps(body).encode(),
            method=method,
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"},
        )
        for _ in range(10):
            try:
                with urllib.request.urlopen(request, timeout=120) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as error:
                if error.code != 503:  # Airflow's word for: SQLite is busy, try again
                    raise
                time.sleep(1)
        raise AssertionError(f"{path} is busy for ever")

    def log_in(self) -> bool:
        password = json.loads((self.home / "passwords.json").read_text())["admin"]
        try:
            login = {"username": "admin", "password": password}
            self.token = self.call("/auth/token", login)["access_token"]
        except (urllib.error.URLError, OSError):
            return False
        return True

    def dags(self) -> list[str]:
        return sorted(dag["dag_id"] for dag in self.call("/api/v2/dags")["dags"])

    def unpause(self, dag: str) -> None:
        self.call(f"/api/v2/dags/{dag}", {"is_paused": False}, "PATCH")

    def trigger(self, dag: str, day: str | None = None, **conf: Any) -> str:
        """Starts a run, of the day if one is given, and tells its id."""
        body: dict[str, Any] = {"logical_date": None, "conf": conf}
        if day:
            start = f"{day}T00:00:00Z"
            body |= {
                "logical_date": start,
                "data_interval_start": start,
                "data_interval_end": f"{day}T23:59:59Z",
            }
        return self.call(f"/api/v2/dags/{dag}/dagRuns", body)["dag_run_id"]

    def end_of(self, dag: str, run: str) -> str:
        """Waits until a run has ended, and tells how."""

        def state() -> str | None:
            found = self.call(f"/api/v2/dags/{dag}/dagRuns/{run}")["state"]
            return found if found in {"success", "failed"} else None

        return wait_for(f"{dag} {run}", state)

    def tasks(self, dag: str, run: str) -> dict[str, list[tuple[str, int]]]:
        """State and number of tries of every task of a run, mapped ones in order."""
        found: dict[str, list[tuple[str, int]]] = {}
        answer = self.call(f"/api/v2/dags/{dag}/dagRuns/{run}/taskInstances?limit=100")
        for task in sorted(answer["task_instances"], key=lambda each: each["map_index"]):
            found.setdefault(task["task_id"], []).append((task["state"], task["try_number"]))
        return found

    def xcom(self, dag: str, run: str, task: str) -> Any:
        return self.call(
            f"/api/v2/dags/{dag}/dagRuns/{run}/taskInstances/{task}/xcomEntries/return_value"
        )["value"]


@pytest.fixture(scope="session")
def mailbox() -> Iterator[Mailbox]:
    from aiosmtpd.controller import Controller  # noqa: PLC0415

    box = Mailbox(free_port())
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()


@pytest.fixture(scope="session")
def airflow(
    mailbox: Mailbox, topic: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Airflow]:
    """Starts tools/airflow.sh and ends it, and only it, afterwards."""
    home = tmp_path_factory.mktemp("airflow")
    port = free_port()
    smtp = {
        "conn_type": "smtp",
        "host": "127.0.0.1",
        "port": mailbox.port,
        "extra": {"disable_ssl": True, "disable_tls": True, "from_email": "airflow@example.com"},
    }
    environment = {
        **os.environ,
        **topic,
        "AIRFLOW_HOME": str(home),
        "AIRFLOW_VENV": sys.prefix,
        "PORT": str(port),
        "RETAILSIM": str(BINARY),
        "AIRFLOW_VAR_RETAILSIM_SCENARIO": str(CHECKOUT / "scenarios" / "tiny.toml"),
        "AIRFLOW_VAR_RETAILSIM_DATA": str(home / "data_api"),
        "AIRFLOW_VAR_RETAILSIM_LAKE": str(home / "lake"),
        "AIRFLOW_VAR_RETAILSIM_MAIL_TO": "shop@example.com",
        "AIRFLOW_CONN_RETAILSIM_SMTP": json.dumps(smtp),
    }
    with subprocess.Popen(
        [CHECKOUT / "tools" / "airflow.sh"], env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert "password" in process.stdout.readline()
            server = Airflow(f"http://127.0.0.1:{port}", home, mailbox)
            wait_for("Airflow's API", server.log_in)
            wait_for("three DAGs", lambda: len(server.dags()) == 3)
            yield server
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)


@pytest.fixture(scope="session")
def topic() -> Iterator[dict[str, str]]:
    """Settings that turn SNS on: a topic of moto's, with a queue that keeps what is published."""
    import boto3  # noqa: PLC0415
    from moto.server import ThreadedMotoServer  # noqa: PLC0415

    port = free_port()
    server = ThreadedMotoServer("127.0.0.1", port, verbose=False)
    server.start()
    place = {**MOTO_PLACE, "endpoint_url": f"http://127.0.0.1:{port}"}
    arn = boto3.client("sns", **place).create_topic(Name="retailsim")["TopicArn"]
    sqs = boto3.client("sqs", **place)
    queue = sqs.create_queue(QueueName="retailsim")["QueueUrl"]
    queue_arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
    boto3.client("sns", **place).subscribe(
        TopicArn=arn, Protocol="sqs", Endpoint=queue_arn["Attributes"]["QueueArn"]
    )
    connection = {
        "conn_type": "aws",
        "login": place["aws_access_key_id"],
        "password": place["aws_secret_access_key"],
        "extra": {"region_name": place["region_name"], "endpoint_url": place["endpoint_url"]},
    }
    yield {
        "AIRFLOW_VAR_RETAILSIM_SNS_TOPIC": arn,
        "AIRFLOW_CONN_RETAILSIM_SNS": json.dumps(connection),
        "QUEUE": queue,
        "QUEUE_SERVER": place["endpoint_url"],
    }
    server.stop()
