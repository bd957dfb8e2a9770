"""Feed folders that are not what they claim to be."""

import json
import pathlib
import shutil

import pytest
from bad_input import assert_nothing_half_written, files_of, refused
from harness import CHECKOUT, SCENARIOS, digests, retailsim

RECEIPTS = CHECKOUT / "tests" / "golden" / "ten_receipts"
TINY = SCENARIOS / "tiny.toml"


@pytest.fixture
def feed(tmp_path) -> pathlib.Path:
    return shutil.copytree(RECEIPTS, tmp_path / "feed")


def change_manifest(feed: pathlib.Path, change) -> None:
    manifest = json.loads((feed / "manifest.json").read_text())
    change(manifest)
    (feed / "manifest.json").write_text(json.dumps(manifest))


def extract_is_refused(feed: pathlib.Path, code: int, says) -> None:
    lake = feed.parent / "lake"
    refused("extract", "--data", feed, "--lake", lake, "--retries", 0, code=code, says=says)
    assert_nothing_half_written(feed.parent)


@pytest.mark.parametrize("make", [lambda path: path.mkdir(), lambda path: None])
def test_a_folder_without_a_manifest_holds_no_feed(make, tmp_path):
    folder = tmp_path / "feed"
    make(folder)
    extract_is_refused(folder, 2, ("manifest.json is missing", "retailsim simulate"))


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"{}", bytes(range(256)), b"<html>", b'{"format": "one"}']
)
def test_a_manifest_that_cannot_be_read_is_named_with_what_to_do(content, feed):
    (feed / "manifest.json").write_bytes(content)
    extract_is_refused(feed, 1, ("manifest.json is no feed manifest", "simulate into that folder"))
    refused("serve", "--data", feed, "--port", 0, code=1, says="manifest.json")
    refused("simulate", TINY, "--out", feed, code=1, says="manifest.json")


def test_the_remedy_for_a_broken_manifest_works(tmp_path):
    feed, fresh = tmp_path / "feed", tmp_path / "fresh"
    week = ("--from", "2024-01-01", "--to", "2024-01-07", "--quiet")
    retailsim("simulate", TINY, "--out", feed, *week)
    retailsim("simulate", TINY, "--out", fresh, *week)
    (feed / "manifest.json").write_text("{")
    refused("simulate", TINY, "--out", feed, *week, code=1, says="remove it")
    (feed / "manifest.json").unlink()
    retailsim("simulate", TINY, "--out", feed, *week)
    assert digests(feed) == digests(fresh)


def set_first_visit(**facts):
    def change(manifest) -> None:
        files = manifest["tables"]["visit"]
        files[min(files)].update(facts)

    return change


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (set_first_visit(rows=-3), "-3 rows"),
        (set_first_visit(bytes=-3), "in -3 bytes"),
        (set_first_visit(rows=2 * 10**15), "2000000000000000 rows"),
        (set_first_visit(rows="many"), "number"),
        (lambda m: m["tables"]["visit"].update({"2024-02-30": {}}), '"2024-02-30" is no date'),
        (lambda m: m["tables"].update({"../../up": {}}), '"../../up" is no table'),
        (lambda m: m.pop("digest"), "digest"),
    ],
)
def test_impossible_promises_of_a_manifest_are_refused(change, says, feed):
    change_manifest(feed, change)
    extract_is_refused(feed, 1, ("manifest.json is no feed manifest", says))


def test_a_manifest_cannot_make_overwrite_remove_files_elsewhere(feed):
    precious = feed.parent / "precious.ndjson"
    precious.write_text("mine")
    change_manifest(feed, lambda m: m["tables"].update({"../precious": {"all": {}}}))
    refused("simulate", TINY, "--out", feed, "--overwrite", code=1, says="../precious")
    assert precious.read_text() == "mine"


def test_a_feed_of_a_newer_version_is_left_to_that_version(feed):
    change_manifest(feed, lambda m: m.update(format=99))
    before = digests(feed)
    for command in (("extract", "--data", feed, "--lake", feed.parent / "lake"),):
        refused(*command, code=2, says=("newer version", "format 99"))
    refused("simulate", TINY, "--out", feed, "--overwrite", code=2, says="newer version")
    assert digests(feed) == before


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        (lambda file: file.unlink(), 4, "visit file of 2024-02-10 is missing"),
        (lambda file: file.write_bytes(file.read_bytes()[:50]), 4, "has 50 bytes"),
        (lambda file: file.write_bytes(b""), 4, "has 0 bytes"),
        (lambda file: (file.unlink(), file.mkdir()), 4, "visit file of 2024-02-10"),
        (
            lambda file: file.write_bytes(file.read_bytes().replace(b":120", b":121")),
            1,
            ("visits of 2024-02-10", "SHA-256 differs"),
        ),
    ],
    ids=["missing", "truncated", "empty", "a folder", "changed"],
)
def test_a_file_that_is_not_the_promised_one_does_not_reach_the_lake(change, code, says, feed):
    change(feed / "visit" / "2024-02-10.ndjson")
    extract_is_refused(feed, code, says)
    lake = feed.parent / "lake"
    assert not (lake / "raw" / "visit" / "feed_date=2024-02-10").exists()
    # With the file as promised, the same command completes the lake.
    shutil.copytree(RECEIPTS / "visit", feed / "fresh")
    wrong = feed / "visit" / "2024-02-10.ndjson"
    shutil.rmtree(wrong) if wrong.is_dir() else wrong.unlink(missing_ok=True)
    (feed / "fresh" / "2024-02-10.ndjson").rename(wrong)
    retailsim("extract", "--data", feed, "--lake", lake)
    retailsim("extract", "--data", RECEIPTS, "--lake", feed.parent / "sound")
    assert digests(lake, "*.parquet") == digests(feed.parent / "sound", "*.parquet")


@pytest.mark.parametrize("overwrite", [(), ("--overwrite",)])
def test_a_folder_with_files_of_others_is_never_written_into(overwrite, tmp_path):
    mine = tmp_path / "photos"
    (mine / "trip").mkdir(parents=True)
    (mine / "trip" / "beach.jpg").write_text("mine")
    empty = tmp_path / "elsewhere"
    for command in (
        ("simulate", TINY, "--out", mine),
        ("run", TINY, "--data", mine, "--lake", empty),
        ("run", TINY, "--data", empty, "--lake", mine),
        ("extract", "--data", RECEIPTS, "--lake", mine),
    ):
        refused(*command, *overwrite, code=2, says=(str(mine), "trip"))
    assert files_of(mine) == {"trip/beach.jpg"}


def test_a_file_where_a_folder_belongs_is_named(tmp_path):
    file = tmp_path / "file"
    file.write_text("mine")
    for command in (
        ("simulate", TINY, "--out", file),
        ("extract", "--data", RECEIPTS, "--lake", file),
        ("extract", "--data", file, "--lake", tmp_path / "lake"),
        ("transform", "--lake", file),
    ):
        refused(*command, code=2, says=str(file))
    assert file.read_text() == "mine"


def test_the_feed_of_another_scenario_is_kept_unless_told_otherwise(tmp_path):
    feed = tmp_path / "feed"
    week = ("--from", "2024-01-01", "--to", "2024-01-03", "--quiet")
    retailsim("simulate", TINY, "--out", feed, *week)
    before = digests(feed)
    refused("simulate", TINY, "--seed", 8, "--out", feed, *week, code=2, says="--overwrite")
    assert digests(feed) == before
