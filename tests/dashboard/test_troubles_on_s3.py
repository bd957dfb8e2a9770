"""What can be wrong with a lake on S3, asked of a real server: a page says it, and what to do."""

import pathlib

import pytest
from board import places
from conftest import Made, upload
from s3_server import S3Server, free_port
from shown import metrics, page, trouble

pytestmark = pytest.mark.dashboard


@pytest.fixture
def keys(s3: S3Server, monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> S3Server:
    """The server, with the environment of a user who may do everything."""
    for name, value in s3.env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.chdir(tmp_path)
    return s3


def test_an_empty_bucket_has_no_data_yet(keys: S3Server) -> None:
    uri = f"s3://{keys.bucket()}/lake"
    happened, to_do = trouble(uri)
    assert happened == f"There is no data yet: nothing was published in {uri}."
    assert f"--lake {uri}" in to_do


def test_a_bucket_that_is_missing_is_named(keys: S3Server) -> None:
    name = keys.bucket_name()
    happened, to_do = trouble(f"s3://{name}/lake")
    assert happened == f"There is no bucket named {name}."
    assert to_do.startswith("Create the bucket")


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("AWS_ACCESS_KEY_ID", "InvalidAccessKeyId"),
        ("AWS_SECRET_ACCESS_KEY", "SignatureDoesNotMatch"),
    ],
)
def test_wrong_keys_are_told_and_not_shown(
    keys: S3Server, monkeypatch: pytest.MonkeyPatch, key: str, code: str
) -> None:
    monkeypatch.setenv(key, "WRONG" * 4)
    uri = f"s3://{keys.bucket()}/{key.lower()}"
    happened, to_do = trouble(uri)
    assert happened == f"The keys for {uri} are not accepted ({code})."
    assert "AWS_ACCESS_KEY_ID" in to_do
    assert "WRONG" not in happened + to_do


@pytest.mark.parametrize("missing", [("AWS_SECRET_ACCESS_KEY",), tuple(places.ENVIRONMENT[:2])])
def test_missing_keys_are_told(
    keys: S3Server, monkeypatch: pytest.MonkeyPatch, missing: tuple[str, ...]
) -> None:
    uri = f"s3://{keys.bucket()}/without-{len(missing)}"
    for name in missing:
        monkeypatch.delenv(name)
    happened, to_do = trouble(uri)
    assert happened == f"There are no keys to open {uri} with."
    assert "in the environment or in .env" in to_do


def test_keys_without_rights_are_told_which_they_need(
    keys: S3Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    uri = f"s3://{keys.bucket()}/lake"
    user, secret = keys.add_user()
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", user)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", secret)
    happened, to_do = trouble(uri)
    assert happened == f"These keys may not read {uri}."
    assert to_do == "They need s3:ListBucket and s3:GetObject."


def test_a_server_that_is_down_is_out_of_reach(
    keys: S3Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")
    happened, to_do = trouble("s3://bucket/down")
    assert happened == "The server of s3://bucket/down is out of reach."
    assert "AWS_ENDPOINT_URL" in to_do


def test_an_endpoint_that_is_no_address_is_out_of_reach(
    keys: S3Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "127.0.0.1:9000")
    assert "AWS_ENDPOINT_URL" in trouble("s3://bucket/no-endpoint")[1]


@pytest.mark.parametrize("uri", ["gs://bucket/lake", "s3://", "s3://-/lake"])
def test_an_address_that_is_none_says_which_there_are(keys: S3Server, uri: str) -> None:
    happened, to_do = trouble(uri)
    assert happened == f"{uri} is no lake’s address."
    assert to_do == "A lake is a folder, a file:/// address or s3://bucket/prefix."


def test_a_server_that_goes_down_leaves_the_page_as_it_was(
    tiny: Made, keys: S3Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = keys.bucket()
    upload(tiny.lake, keys, f"{name}/lake")
    before = metrics(page("overview", f"s3://{name}/lake"))
    assert before == metrics(page("overview", tiny.lake))
    keys.stop()
    try:
        assert metrics(page("overview", f"s3://{name}/lake")) == before
    finally:
        keys.start()
