"""A release is installed as at the first boot of the instance, and works: user data, install.sh and
the units' commands as they are, with PostgreSQL and Airflow. machine.py says what is not real.
"""

import datetime as dt
import json
import os
import pathlib
import random
import re
import string
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from cloudformation import TEMPLATE, load
from machine import (
    CHECKOUT,
    STAND_INS,
    SYSTEM_PATH,
    Machine,
    environment_of,
    machine,
    wait_for,
    what_is_missing,
)

pytestmark = pytest.mark.long
BINARY = pathlib.Path(os.environ.get("RETAILSIM", CHECKOUT / "bin" / "retailsim")).absolute()
STACK = {
    "AWS::Region": "eu-west-3",
    "AWS::StackName": "retail",
    "Bucket": "retail-lake",
    "Topic": "arn:aws:sns:eu-west-3:123456789012:retail",
    "AirflowPassword": "arn:aws:secretsmanager:eu-west-3:123456789012:secret:retail",
}
PASSWORD = "".join(random.choices(string.ascii_letters + string.digits, k=32))
LAKE = "s3://retail-lake/lake"
BUCKET = "/run/s3/retail-lake"
LOOPBACK = "127.0.0.1"
API, AIRFLOW = "http://127.0.0.1:8081", "http://127.0.0.1:8080"
DASHBOARD = "http://127.0.0.1:8501"
PIPELINE = "/api/v2/dags/retail_pipeline"
FIRST_DAY = dt.date(2025, 1, 1)  # of scenarios/live.toml
TODAY = dt.datetime.now(dt.UTC).date()
# What the second boot of a day would change, were it to change anything.
PLACES = [
    "/etc",
    "/opt/retailsim",
    "/usr/local",
    "/var/lib/retailsim",
    "/var/lib/pgsql/data/postgresql.conf",
]


def default_of(parameter: str) -> str:
    return load(TEMPLATE.read_text())["Parameters"][parameter]["Default"]


def user_data() -> str:
    """What the instance runs at its first boot, with the stack's values in it."""
    properties = load(TEMPLATE.read_text())["Resources"]["Instance"]["Properties"]
    text = properties["UserData"]["Fn::Base64"]["Fn::Sub"]
    return re.sub(r"\$\{([\w:]+)\}", lambda match: STACK[match[1]], text)


def install(instance: Machine) -> float:
    """Runs what retailsim-install.service runs, and tells how long it took."""
    pip = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    environment = environment_of(instance.read("/etc/retailsim/stack.env"))
    environment["PATH"] = f"{STAND_INS}:{SYSTEM_PATH}"
    start = time.monotonic()
    instance.run(
        "/usr/local/sbin/retailsim-install",
        own_network=False,  # pip's way out
        environment={**pip, **environment},
        seconds=900,
    )
    return time.monotonic() - start


def state_of(instance: Machine) -> set[str]:
    """Every file of the installation: name, kind, mode, owner, size, when it was written."""
    return set(instance.run("find", *PLACES, "-printf", "%p %y %m %u %s %T@\n").splitlines())


def asked_of_systemd(instance: Machine) -> list[str]:
    """What systemd was asked for since this was asked last."""
    asked = instance.read("/run/systemctl.log").splitlines()
    instance.write("/run/systemctl.log", "")
    return asked


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """The instance after its first boot: the release is there, and systemd was told of it."""
    if problem := what_is_missing():
        pytest.fail(problem)
    packed = tmp_path_factory.mktemp("release")
    subprocess.run(
        [CHECKOUT / "tools" / "pack_release.sh", packed],
        env={**os.environ, "RETAILSIM": str(BINARY)},
        check=True,
        capture_output=True,
        timeout=300,
    )
    with machine(tmp_path_factory.mktemp("machine")) as made:
        answers = {
            "release-key": default_of("ReleaseKey"),
            "scenario": default_of("Scenario"),
            "lake": LAKE,
            "secret": PASSWORD,
        }
        for name, answer in answers.items():
            made.write(f"/run/answers/{name}", f"{answer}\n")
        (archive,) = packed.glob("*.tar.gz")
        assert archive.name == pathlib.Path(default_of("ReleaseKey")).name
        with archive.open("rb") as content:
            subprocess.run(
                made.enter("tee", f"/run/answers/{archive.name}"),
                stdin=content, stdout=subprocess.DEVNULL, check=True, timeout=60,
            )  # fmt: skip
        path = {"PATH": f"{STAND_INS}:{SYSTEM_PATH}"}
        made.run("bash", environment=path, stdin=user_data())
        assert asked_of_systemd(made) == [
            "daemon-reload",
            "enable retailsim-install.service",
            "start --no-block retailsim-install.service",
        ]
        print(f"installed in {install(made):.0f} s")
        made.s3(STACK["Bucket"], STACK["AWS::Region"], packed / "s3.log")
        yield made


def ask(
    instance: Machine, address: str, token: str = "", body: Any = None, method: str = ""
) -> Any:
    """An answer over HTTP, as JSON."""
    request = urllib.request.Request(
        address,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
        method=method or None,
    )
    with instance.network(), urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def test_an_installation_asks_systemd_for_three_services_and_the_database(instance):
    assert asked_of_systemd(instance) == [
        "stop postgresql",
        "enable postgresql",
        "start postgresql",
        "daemon-reload",
        "enable retailsim-airflow.service",
        "restart --no-block retailsim-airflow.service",
        "enable retailsim-api.service",
        "restart --no-block retailsim-api.service",
        "enable retailsim-dashboard.service",
        "restart --no-block retailsim-dashboard.service",
    ]


def test_secrets_are_for_those_who_need_them_alone(instance):
    secret = ["airflow.env", "jwt", "retailsim.env"]
    files = [f"/etc/retailsim/{name}" for name in secret]
    files.append("/var/lib/retailsim/airflow/passwords.json")
    listed = instance.run("stat", "-c", "%a %U %n", *files)
    assert listed.splitlines() == [
        "600 root /etc/retailsim/airflow.env",
        "600 root /etc/retailsim/jwt",
        "600 root /etc/retailsim/retailsim.env",
        "600 retailsim /var/lib/retailsim/airflow/passwords.json",
    ]


def test_a_second_installation_changes_nothing_and_restarts_nothing(instance):
    asked_of_systemd(instance)
    before = state_of(instance)
    seconds = install(instance)
    assert state_of(instance) - before == set()
    assert not [words for words in asked_of_systemd(instance) if "restart" in words]
    assert seconds < 20


def test_an_installation_that_failed_half_way_is_caught_up_on(instance):
    instance.run("ln", "-sfn", "/opt/retailsim/releases/older", "/opt/retailsim/current")
    instance.run("mv", "/run/answers/secret", "/run/answers/lost")
    with pytest.raises(AssertionError, match="answers/secret"):
        install(instance)
    instance.run("mv", "/run/answers/lost", "/run/answers/secret")
    asked_of_systemd(instance)
    install(instance)
    assert [words.split()[0] for words in asked_of_systemd(instance)].count("restart") == 3


@pytest.fixture(scope="module")
def api(instance: Machine, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the instance's data API, started as its unit says."""
    log = tmp_path_factory.mktemp("log") / "api"
    start = time.monotonic()
    instance.service("retailsim-api.service", log, seconds=600)

    def is_there() -> bool:
        try:
            return ask(instance, f"{API}/healthz") is not None
        except OSError:
            return False

    wait_for("the data API", is_there, 30)
    print(f"the data API answered after {time.monotonic() - start:.0f} s")
    return API


@pytest.fixture(scope="module")
def airflow(
    instance: Machine, api: str, tmp_path_factory: pytest.TempPathFactory
) -> tuple[subprocess.Popen, str]:
    """The instance's Airflow, started as its unit says, and a token that its password gave."""
    log = tmp_path_factory.mktemp("log") / "airflow"
    start = time.monotonic()
    process = instance.service("retailsim-airflow.service", log, seconds=600)
    login = {"username": "admin", "password": PASSWORD}

    def log_in() -> str:
        assert process.poll() is None, log.read_text()[-4000:]
        try:
            return ask(instance, f"{AIRFLOW}/auth/token", body=login)["access_token"]
        except urllib.error.HTTPError as error:
            error.close()
            assert error.code not in {401, 403}, "the secret is not the password"
        except OSError:
            pass
        return ""

    token = wait_for("Airflow's API", log_in, 300)
    dags = f"{AIRFLOW}/api/v2/dags"
    wait_for("three DAGs", lambda: ask(instance, dags, token)["total_entries"] == 3, 180)
    print(f"Airflow knew its DAGs after {time.monotonic() - start:.0f} s")
    return process, token


def logs_of(instance: Machine) -> str:
    """The end of every task's log."""
    found = instance.run("find", "/var/lib/retailsim/airflow/logs", "-name", "*.log").splitlines()
    return instance.run("tail", "-n", "20", *[name for name in found if "run_id=" in name])


def days_served(instance: Machine, table: str) -> list[str]:
    return sorted(ask(instance, f"{API}/v1/manifest")["tables"][table])


def test_the_api_serves_every_day_until_yesterday(instance, api):
    days = (TODAY - FIRST_DAY).days
    expected = [f"{FIRST_DAY + dt.timedelta(days=n)}" for n in range(days)]
    assert days_served(instance, "visit") == expected
    assert days_served(instance, "transaction") == expected


def test_a_day_in_airflow_ends_in_gold_tables_and_in_the_api(instance, airflow):
    _, token = airflow
    ask(instance, AIRFLOW + PIPELINE, token, {"is_paused": False}, "PATCH")
    day = {
        "logical_date": f"{TODAY}T00:00:00Z",
        "data_interval_start": f"{TODAY}T00:00:00Z",
        "data_interval_end": f"{TODAY}T23:59:59Z",
    }
    run = ask(instance, f"{AIRFLOW}{PIPELINE}/dagRuns", token, day)["dag_run_id"]

    def state() -> str:
        found = ask(instance, f"{AIRFLOW}{PIPELINE}/dagRuns/{run}", token)["state"]
        return found if found in {"success", "failed"} else ""

    start = time.monotonic()
    try:
        assert wait_for("the run", state, 300) == "success"
    except AssertionError:
        print(logs_of(instance))
        raise
    print(f"the day took {time.monotonic() - start:.0f} s")
    assert str(TODAY) in instance.read(f"{BUCKET}/lake/gold/_current.json")
    months = instance.run("ls", f"{BUCKET}/lake/gold/store_day").splitlines()
    assert f"month={TODAY:%Y-%m}" in months
    assert str(TODAY) in days_served(instance, "transaction")


def test_the_dashboard_starts_as_its_unit_says(instance, airflow, tmp_path):
    log = tmp_path / "dashboard"
    process = instance.service("retailsim-dashboard.service", log, seconds=60)

    def is_there() -> bool:
        assert process.poll() is None, log.read_text()
        try:
            with (
                instance.network(),
                urllib.request.urlopen(f"{DASHBOARD}/_stcore/health", timeout=10) as answer,
            ):
                return answer.read() == b"ok"
        except OSError:
            return False

    wait_for("the dashboard", is_there, 60)


def test_nothing_listens_but_the_services_and_s3_on_loopback(instance, airflow):
    assert instance.listening() == {(LOOPBACK, port) for port in (7070, 8080, 8081, 8501)}


def test_airflow_keeps_its_history_in_postgresql_in_utf8(instance, airflow):
    query = "SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = 'airflow'"
    as_retailsim = ["runuser", "-u", "retailsim", "--", "psql", "-tAqd", "airflow", "-c"]
    assert instance.run(*as_retailsim, query) == "UTF8\n"
    runs = instance.run(*as_retailsim, "SELECT dag_id || ' ' || state FROM dag_run")
    assert "retail_pipeline success" in runs.splitlines()


def test_an_installation_at_a_later_boot_lets_the_services_run(instance, airflow):
    asked_of_systemd(instance)
    install(instance)
    assert asked_of_systemd(instance) == [
        "enable postgresql",
        "start postgresql",
        "enable retailsim-airflow.service",
        "start --no-block retailsim-airflow.service",
        "enable retailsim-api.service",
        "start --no-block retailsim-api.service",
        "enable retailsim-dashboard.service",
        "start --no-block retailsim-dashboard.service",
    ]


def test_airflow_that_is_asked_to_stop_leaves_no_process_behind(instance, airflow):
    process, _ = airflow
    (main,) = [line for line in instance.processes("retailsim") if "aws/airflow.sh" in line]
    instance.run("kill", "-TERM", main.split()[0])
    assert process.wait(timeout=90) == 0
    left = [
        line
        for line in instance.processes("retailsim")
        if "aws/airflow" in line or "bin/airflow" in line
    ]
    assert left == []
