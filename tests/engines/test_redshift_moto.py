"""`retailsim redshift load` against moto's Redshift Data API, a second opinion on its requests.

moto knows ExecuteStatement and DescribeStatement, not BatchExecuteStatement; it runs nothing, and a
statement stays STARTED for ever. It takes any signature and any session token.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator

import boto3
import pytest
from bad_input import refused
from harness import Lake
from redshift_service import Service, serving
from s3_server import free_port

KEYS = {
    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI",
    "AWS_SESSION_TOKEN": "a-session-token",
    "AWS_REGION": "eu-west-3",
}


@pytest.fixture(scope="module")
def moto(tmp_path_factory) -> Iterator[str]:
    port = free_port()
    log = tmp_path_factory.mktemp("moto") / "log"
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with log.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
    deadline = time.monotonic() + 30
    while "Running on" not in log.read_text():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait()


def client(name: str, url: str):
    return boto3.client(
        name,
        endpoint_url=url,
        region_name=KEYS["AWS_REGION"],
        aws_access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
    )


@pytest.fixture(scope="module")
def lake_in_moto(moto, lake: Lake) -> str:
    s3 = client("s3", moto)
    s3.create_bucket(
        Bucket="shop", CreateBucketConfiguration={"LocationConstraint": KEYS["AWS_REGION"]}
    )
    files = [file for file in lake.folder.rglob("*") if file.is_file()]
    for file in files:
        # What a load looks at.
        if file.relative_to(lake.folder).parts[0] in {"clean", "gold", "_index"}:
            key = f"lake/{file.relative_to(lake.folder).as_posix()}"
            s3.put_object(Bucket="shop", Key=key, Body=file.read_bytes())
    return "s3://shop/lake"


def test_moto_knows_the_statement_with_its_target(moto, lake_in_moto):
    env = {**os.environ, **KEYS, "AWS_ENDPOINT_URL": moto}
    target = ("--cluster", "shop", "--db-user", "loader", "--database", "dev")
    command = ("redshift", "load", "--lake", lake_in_moto, *target, "--timeout", "1")
    answer = refused(*command, code=4, says=("still STARTED after 1 s", "--timeout"), env=env)
    named = re.search(r"statement ([0-9a-f-]{36}) is", answer.stderr)
    described = client("redshift-data", moto).describe_statement(Id=named[1])
    assert described["ClusterIdentifier"] == "shop"
    assert described["DbUser"] == "loader"
    assert described["Database"] == "dev"
    assert described["QueryString"].startswith("SELECT entry.table_name, entry.part, ")


def test_temporary_keys_send_their_token_and_show_it_to_nobody(moto, lake_in_moto):
    service = Service(
        "host=/nowhere",
        lambda _: b"",
        KEYS["AWS_ACCESS_KEY_ID"],
        KEYS["AWS_SECRET_ACCESS_KEY"],
        KEYS["AWS_SESSION_TOKEN"],
    )
    with serving(service) as url:
        env = {
            **os.environ,
            **KEYS,
            "AWS_ENDPOINT_URL": moto,
            "AWS_ENDPOINT_URL_REDSHIFT_DATA": url,
        }
        command = ("redshift", "load", "--lake", lake_in_moto, "--workgroup", "shop")
        answer = refused(*command, "--database", "dev", code=1, env=env)
    assert service.problems == []
    assert [operation for operation, _ in service.requests] == [
        "ExecuteStatement",
        "DescribeStatement",
    ]
    assert service.requests[0][1]["WorkgroupName"] == "shop"
    for secret in (KEYS["AWS_SECRET_ACCESS_KEY"], KEYS["AWS_SESSION_TOKEN"]):
        assert secret not in answer.stderr
