"""A reader sees one published set or another, never a mixture; and what was stopped half-way, by a
kill or a full disk, is completed by the next run."""

import io
import json
import shutil
import subprocess
import threading
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from harness import BINARY, SCENARIOS, Lake, digests, retailsim
from pyarrow import fs

TINY = SCENARIOS / "tiny.toml"


class MixedError(Exception):
    """An object was not the one that the list names."""


def read_published(files: fs.FileSystem, lake: str) -> tuple[dict, dict]:
    """As the lake's contract tells readers: the list, and each object checked against it."""

    def read(path: str) -> bytes:
        with files.open_input_stream(f"{lake}/{path}") as stream:
            return stream.read()

    try:
        listed = json.loads(read("gold/_current.json"))
    except ValueError as error:  # replaced by a longer one while it was read
        raise MixedError from error
    tables: dict[str, list] = {}
    for entry in listed["objects"]:
        try:
            table = pq.read_table(io.BytesIO(read(entry["path"])))
        except (OSError, pa.ArrowInvalid) as error:  # removed, or replaced while it was read
            raise MixedError from error
        if table.schema.metadata[b"inputs"].decode() != entry["inputs"]:
            raise MixedError
        assert table.num_rows == entry["rows"]
        tables.setdefault(entry["path"].split("/")[1], []).append(table)
    return listed, tables


def total(tables: list, column: str):
    return sum(value for table in tables for value in table[column].to_pylist())


class Reader(threading.Thread):
    """Looks again and again, and keeps what it saw: run id -> net sales."""

    def __init__(self, look):
        super().__init__()
        self.look = look
        self.is_over = threading.Event()
        self.seen: list[tuple[str, str]] = []
        self.error: BaseException | None = None

    def run(self):
        try:
            while not self.is_over.is_set():
                try:
                    self.seen.append(self.look())
                except MixedError:
                    continue
        except BaseException as error:
            self.error = error


def by_contract(files: fs.FileSystem, lake: str):
    def look() -> tuple[str, str]:
        listed, tables = read_published(files, lake)
        net_sales = total(tables["store_day"], "net_sales")
        assert net_sales == total(tables["store_month"], "net_sales")
        days = [day for table in tables["store_day"] for day in table["business_date"].to_pylist()]
        assert str(max(days)) == listed["data_through"]
        return listed["run_id"], str(net_sales)

    return look


def by_report(uri: str, env: dict):
    def look() -> tuple[str, str]:
        report = json.loads(retailsim("report", "--lake", uri, "--json", env=env).stdout)
        return report["run_id"], report["total"]["net_sales"]

    return look


def watch_runs(days, data, uri: str, readers: list[Reader], env: dict) -> None:
    """One run a day while the readers look; then compares what they saw with what there was."""
    published = {}

    def run(day: str) -> None:
        options = ("--data", data, "--lake", uri, "--from", day, "--to", day, "--json")
        report = json.loads(retailsim("run", TINY, *options, env=env).stdout)["report"]
        published[report["run_id"]] = report["total"]["net_sales"]

    run(days[0])
    for reader in readers:
        reader.start()
    try:
        for day in days[1:]:
            run(day)
    finally:
        for reader in readers:
            reader.is_over.set()
            reader.join()
    for reader in readers:
        if reader.error:
            raise reader.error
        assert len(set(reader.seen)) > 5
        for run_id, net_sales in reader.seen:
            assert published[run_id] == net_sales
    assert len(published) == len(days)


def test_readers_see_no_mixture_during_50_publishes_in_a_folder(tiny, tmp_path):
    lake = tmp_path / "lake"
    readers = [
        Reader(by_contract(fs.LocalFileSystem(), str(lake))),
        Reader(by_report(str(lake), {})),
    ]
    watch_runs(tiny.feed.days("visit")[:51], tmp_path / "feed", str(lake), readers, {})


def test_readers_see_no_mixture_during_publishes_on_s3(s3, tiny, tmp_path):
    place = f"{s3.bucket()}/lake"
    readers = [
        Reader(by_contract(s3.files(), place)),
        Reader(by_report(f"s3://{place}", s3.env)),
    ]
    days = tiny.feed.days("visit")[24:36]
    watch_runs(days, tmp_path / "feed", f"s3://{place}", readers, s3.env)


@pytest.fixture
def half_published(tiny, tmp_path):
    """A lake whose publish of one more week was stopped: the objects of days are new, those of
    months and the list are not."""
    options = ("--data", tmp_path / "feed", "--lake", tmp_path / "lake", "--quiet")
    retailsim("run", TINY, *options, "--from", "2024-01-01", "--to", "2024-01-28")
    shutil.copytree(tmp_path / "lake" / "gold", tmp_path / "old")
    retailsim("run", TINY, *options, "--from", "2024-01-29", "--to", "2024-02-04")
    gold = tmp_path / "lake" / "gold"
    shutil.copy(tmp_path / "old" / "_current.json", gold / "_current.json")
    shutil.rmtree(gold / "store_month")
    shutil.copytree(tmp_path / "old" / "store_month", gold / "store_month")
    return tmp_path / "lake"


def test_an_unfinished_publish_is_named_and_the_next_transform_completes_it(half_published):
    lake = half_published
    answer = retailsim("report", "--lake", lake, expect=1)
    assert "unfinished" in answer.stderr
    assert f"retailsim transform --lake {lake}\n" in answer.stderr
    retailsim("transform", "--lake", lake, "--quiet")
    listed, tables = read_published(fs.LocalFileSystem(), str(lake))
    assert listed["data_through"] == "2024-02-04"
    assert total(tables["store_day"], "net_sales") == total(tables["store_month"], "net_sales")
    assert "2024-02-04" in retailsim("report", "--lake", lake).stdout


def test_an_unfinished_publish_is_completed_before_new_data_is_cleaned(half_published, tiny):
    lake = half_published
    retailsim("extract", "--data", tiny.feed.folder, "--lake", lake, "--quiet")
    retailsim("transform", "--lake", lake, "--quiet")
    assert Lake(lake).objects() == tiny.lake.objects()
    completed = (lake / "gold/store_month/2024-01/part-0.parquet").stat().st_mtime_ns
    cleaned = (lake / "clean/visit/month=2024-02/part-0.parquet").stat().st_mtime_ns
    assert completed < cleaned


def test_runs_killed_at_any_moment_are_completed_by_the_next(tiny, tmp_path):
    data, lake = tmp_path / "feed", tmp_path / "lake"
    command = [BINARY, "run", TINY, "--data", data, "--lake", lake, "--quiet"]
    for milliseconds in range(40, 640, 60):
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(milliseconds / 1000)
        run.kill()
        run.wait()
        whole = tiny.lake.objects()
        for name, digest in digests(lake, "*.parquet").items():
            assert name.startswith("gold/") or whole[name] == digest, name
    retailsim(*command[1:])
    assert Lake(lake).objects() == tiny.lake.objects()


def test_a_full_disk_leaves_nothing_half_written_and_the_next_run_goes_on(tiny, tmp_path):
    lake = tmp_path / "lake"
    run = f"'{BINARY}' run '{TINY}' --data '{tiny.feed.folder}' --lake '{lake}' --quiet"
    done = subprocess.run(
        ["bash", "-c", f"ulimit -f 20; exec {run}"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 4
    what, hint = done.stderr.splitlines()
    assert "cannot write" in what
    assert str(lake) in what
    assert "File too large" in what
    assert hint.startswith("hint: ")
    whole = tiny.lake.objects()
    stored = digests(lake)
    assert {name for name in stored if name.split("/")[-1].startswith(".")} == set()
    for name, digest in stored.items():
        assert not name.endswith(".parquet") or whole[name] == digest, name
    retailsim("run", TINY, "--data", tiny.feed.folder, "--lake", lake, "--quiet")
    assert Lake(lake).objects() == whole


def test_a_folder_that_may_not_be_written_is_refused_with_a_hint(tiny):
    # Nobody may make a folder there, not even root.
    options = ("--data", tiny.feed.folder, "--lake", "/sys/lake", "--quiet")
    answer = retailsim("extract", *options, expect=4)
    assert "/sys/lake" in answer.stderr
    assert "hint: name a folder in which you may write" in answer.stderr
