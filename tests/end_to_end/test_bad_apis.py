"""Source systems that misbehave, and what extract makes of them."""

import pytest
from bad_input import assert_nothing_half_written, refused
from faulty_api import (
    FaultyApi,
    broken_gzip,
    cut_chunks,
    looping_cursor,
    mangled_line,
    short_body,
    silence,
    status,
    times,
    web_page,
)
from harness import CHECKOUT, digests, retailsim

RECEIPTS = CHECKOUT / "tests" / "golden" / "ten_receipts"
# Says no, as ours does.
OUR_ERROR = '{"error":{"status":500,"message":"the disk is full","hint":"make room"}}'
SECRET = "open-sesame-4711"  # noqa: S105


def extract_is_refused(api: FaultyApi, tmp_path, code: int, says, *options):
    lake = tmp_path / "lake"
    answer = refused("extract", "--api", api.url, "--lake", lake, *options, code=code, says=says)
    assert_nothing_half_written(tmp_path)
    return answer


def assert_same_as_from_a_sound_api(lake, tmp_path):
    retailsim("extract", "--data", RECEIPTS, "--lake", tmp_path / "sound")
    assert digests(lake, "*.parquet") == digests(tmp_path / "sound", "*.parquet")


@pytest.mark.parametrize(
    ("fault", "code", "says", "tries"),
    [
        (status(404), 4, ("status 404", "address of a retailsim API"), 1),
        (status(410, OUR_ERROR), 4, ("status 410: the disk is full", "make room"), 1),
        (status(401), 4, ("status 401", "--token-file"), 1),
        (status(403), 4, ("status 403", "--token-file"), 1),
        (status(302, Location="http://shop.example/"), 4, ("status 302", "redirects"), 1),
        (status(500), 4, ("2 tries", "status 500", "its own log"), 2),
        (status(500, OUR_ERROR), 4, ("2 tries", "the disk is full", "make room"), 2),
        (status(429, Retry_After="0"), 4, ("2 tries", "status 429"), 2),
        (short_body, 4, ("2 tries", "closed"), 2),
        (cut_chunks, 4, ("2 tries", "closed"), 2),
        (silence, 4, ("2 tries", "Empty reply", "retailsim serve"), 2),
        (broken_gzip, 1, "what the manifest promises", 1),
        (mangled_line, 1, ("what the manifest promises", "SHA-256 differs"), 1),
        (looping_cursor, 1, "go in circles", 1),
        (web_page, 1, ("answers with a web page", "address of a retailsim API"), 1),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_table_that_cannot_be_had_is_named_and_nothing_of_it_is_stored(
    fault, code, says, tries, tmp_path
):
    with FaultyApi(RECEIPTS, {"/v1/products": fault}) as api:
        says = ("products", *((says,) if isinstance(says, str) else says))
        extract_is_refused(api, tmp_path, code, says, "--retries", 1)
        assert api.asked("/v1/products") == tries
    assert not (tmp_path / "lake" / "raw" / "product").exists()
    # The next run, with the API well again, completes what is there.
    with FaultyApi(RECEIPTS, {}) as api:
        retailsim("extract", "--api", api.url, "--lake", tmp_path / "lake")
    assert_same_as_from_a_sound_api(tmp_path / "lake", tmp_path)


@pytest.mark.parametrize(
    ("fault", "code", "says"),
    [
        (status(404), 4, "status 404"),
        (status(401), 4, "--token-file"),
        (status(302, Location="https://login.example/"), 4, "redirects"),
        (status(200, "<html>"), 1, ("is no feed manifest", "address of a retailsim API")),
        (status(200, ""), 1, "is no feed manifest"),
        (status(200, '{"tables": {}}'), 1, "is no feed manifest"),
        (status(200, '{"format": 99}'), 2, "newer version"),
        (web_page, 1, ("answers with a web page", "address of a retailsim API")),
        (silence, 4, "retailsim serve"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_without_a_manifest_nothing_is_begun(fault, code, says, tmp_path):
    with FaultyApi(RECEIPTS, {"/v1/manifest": fault}) as api:
        says = (f"{api.url}/v1/manifest", *((says,) if isinstance(says, str) else says))
        extract_is_refused(api, tmp_path, code, says, "--retries", 0)
        assert {path for path, _ in api.requests} == {"/v1/manifest"}
    assert not (tmp_path / "lake" / "raw").exists()


@pytest.mark.parametrize(
    "fault",
    [status(500), status(503), status(429, Retry_After="1"), short_body, cut_chunks, silence],
    ids=["500", "503", "429", "short_body", "cut_chunks", "silence"],
)
def test_a_hiccup_is_outlived(fault, tmp_path):
    with FaultyApi(RECEIPTS, {"/v1/products": times(1, fault)}) as api:
        retailsim("extract", "--api", api.url, "--lake", tmp_path / "lake")
        assert api.asked("/v1/products") == 2
    assert_same_as_from_a_sound_api(tmp_path / "lake", tmp_path)


def test_without_retries_the_first_hiccup_is_the_end(tmp_path):
    with FaultyApi(RECEIPTS, {"/v1/products": times(1, status(500))}) as api:
        extract_is_refused(api, tmp_path, 4, "1 try", "--retries", 0)
        assert api.asked("/v1/products") == 1


def test_an_api_that_is_not_there_is_named_with_what_to_start(tmp_path):
    with FaultyApi(RECEIPTS, {}) as api:
        gone = api.url
    says = (f"{gone}/v1/manifest", "start the server: retailsim serve --data")
    command = ("extract", "--api", gone, "--lake", tmp_path / "lake", "--retries", 1)
    refused(*command, code=4, says=says)


def test_no_secret_stands_in_any_message(tmp_path):
    token = tmp_path / "token"
    token.write_text(SECRET + "\n")
    faults = (status(401), status(500), short_body, looping_cursor, web_page, status(200, "<"))
    for number, fault in enumerate(faults):
        for path in ("/v1/manifest", "/v1/products"):
            if fault in (short_body, looping_cursor) and path == "/v1/manifest":
                continue
            with FaultyApi(RECEIPTS, {path: fault}) as api:
                url = api.url.replace("//", f"//clerk:{SECRET}@")
                for asked in ((api.url, "--token-file", token), (url,)):
                    lake = tmp_path / f"{number}{path[4:]}{len(asked)}"
                    command = ("extract", "--api", *asked, "--lake", lake, "--retries", 0)
                    answer = retailsim(*command, expect=4 if fault in faults[:3] else 1)
                    assert SECRET not in answer.stderr + answer.stdout
                    for file in lake.rglob("*"):
                        assert file.is_dir() or SECRET.encode() not in file.read_bytes()
                sent = [headers.get("Authorization") for _, headers in api.requests]
                assert f"Bearer {SECRET}" in sent


def test_a_token_does_not_follow_a_redirect_or_a_link_to_another_server(tmp_path):
    token = tmp_path / "token"
    token.write_text(SECRET + "\n")
    with FaultyApi(RECEIPTS, {}) as other:

        def redirect(handler):
            status(302, Location=f"{other.url}/v1/products")(handler)

        def link(handler):
            handler.answer(handler.rows(), Link=f'<{other.url}/v1/products>; rel="next"')

        for fault, says in ((redirect, "status 302"), (link, "another server")):
            with FaultyApi(RECEIPTS, {"/v1/products": fault}) as api:
                command = ("extract", "--api", api.url, "--token-file", token)
                answer = retailsim(*command, "--lake", tmp_path / "lake", expect=4)
                assert says in answer.stderr
        assert other.requests == []


def test_a_wrong_token_is_told_from_a_missing_server(tmp_path):
    with FaultyApi(RECEIPTS, {"/v1/manifest": status(401)}) as api:
        token = tmp_path / "token"
        token.write_text("wrong\n")
        extract_is_refused(api, tmp_path, 4, "give the API's token", "--token-file", token)
        assert api.requests[0][1]["Authorization"] == "Bearer wrong"
        assert api.asked("/v1/manifest") == 1
