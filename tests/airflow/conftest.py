"""A whole Airflow for the tests: tools/airflow.sh on free ports, with a mailbox and an SNS topic.

Run with the Python of an Airflow environment: `make test-airflow`.
"""

import dataclasses
import html
import http.server
import itertools
import json
import os
import pathlib
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import datetime
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
SERVED_DAY = "2024-01-08"
RETRY_SECONDS = 4  # the first pause after a failed try; the program's users wait for longer
sys.path[:0] = [str(CHECKOUT / "airflow" / "dags"), str(CHECKOUT / "tests" / "end_to_end")]

from s3_server import free_port, s3  # noqa: E402, F401 — s3 is a fixture


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
                    return json.loads(answer.read() or "null")
            except urllib.error.HTTPError as error:
                # Airflow's word for: SQLite is busy, try again. That of 3.0 is 500.
                if error.code not in {500, 503}:
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

    def pauses(self, dag: str, run: str, task: str) -> list[float]:
        """Seconds between the end of each try of a task ("extract/6": mapped) and the next one."""
        path = f"/api/v2/dags/{dag}/dagRuns/{run}/taskInstances/{task}/tries"
        tries = self.call(path)["task_instances"]
        tries.sort(key=lambda each: each["try_number"])
        moments = [
            (datetime.fromisoformat(each["start_date"]), datetime.fromisoformat(each["end_date"]))
            for each in tries
        ]
        return [
            (after[0] - before[1]).total_seconds() for before, after in itertools.pairwise(moments)
        ]

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
        "RETAILSIM_RETRY_SECONDS": str(RETRY_SECONDS),
        "AIRFLOW_VAR_RETAILSIM_DATA": "",
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


class Proxy(http.server.BaseHTTPRequestHandler):
    """Hands requests on to an API, but for the paths that are out of order."""

    upstream: str
    out_of_order: set[str]

    def do_GET(self) -> None:
        if self.path.partition("?")[0] in self.out_of_order:
            self.send_error(503)
            return
        headers = {name: value for name, value in self.headers.items() if name != "Host"}
        request = urllib.request.Request(self.upstream + self.path, headers=headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            body = answer.read()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                if name.lower() not in {"connection", "content-length", "transfer-encoding"}:
                    self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@dataclasses.dataclass
class Api:
    """`retailsim serve` behind a proxy that fails for the paths of `out_of_order`."""

    url: str
    out_of_order: set[str]


@pytest.fixture
def api(tmp_path: pathlib.Path) -> Iterator[Api]:
    data = tmp_path / "served"
    days = ["--from", SERVED_DAY, "--to", SERVED_DAY]
    tiny = CHECKOUT / "scenarios" / "tiny.toml"
    subprocess.run([BINARY, "simulate", tiny, "--out", data, *days, "--quiet"], check=True)
    port = free_port()
    handler = type("Handler", (Proxy,), {"upstream": f"http://127.0.0.1:{port}"})
    handler.out_of_order = set()
    proxy = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=proxy.serve_forever, args=(0.05,))
    with subprocess.Popen([BINARY, "serve", "--data", data, "--port", str(port)]) as server:
        try:
            thread.start()
            yield Api(f"http://127.0.0.1:{proxy.server_port}", handler.out_of_order)
        finally:
            proxy.shutdown()
            thread.join()
            proxy.server_close()
            server.terminate()


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
