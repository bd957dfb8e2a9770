"""Makes tools/ and the helpers beside the tests importable, and keeps AWS out of reach."""

import pathlib
import sys

import pytest
from moto import mock_aws

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1] / "tools"), str(HERE)]


@pytest.fixture(autouse=True)
def no_real_account(monkeypatch):
    """Keys that open nothing: a call that escapes moto is refused."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)


@pytest.fixture
def aws():
    """An AWS of its own, in this process, for one test."""
    with mock_aws():
        yield
