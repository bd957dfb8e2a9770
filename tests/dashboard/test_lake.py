"""What is shown is one published set, whole, and soon the newest one."""

import contextlib
import json
import pathlib
import shutil
import threading
from collections.abc import Iterator

import pytest
from board import lake as lake_room
from board.gold import Gold
from board.lake import CURRENT, Lake
from board.places import Bucket, Folder, LakeError, place_of
from conftest import CHECKOUT, Made, retailsim, upload
from s3_server import S3Server

pytestmark = pytest.mark.dashboard

SNAPSHOTS = {f"clean/{table}/part-0.parquet" for table in ("store", "product", "promotion")}


@pytest.fixture(scope="session")
def versions(tmp_path_factory: pytest.TempPathFactory) -> tuple[pathlib.Path, pathlib.Path]:
    """A lake as it was published first, and two weeks later."""
    folder = tmp_path_factory.mktemp("versions")
    tiny = CHECKOUT / "scenarios" / "tiny.toml"
    old, new = folder / "old", folder / "new"
    options = ("--data", folder / "data_api", "--max-rejected", 1)
    retailsim("run", tiny, "--lake", old, "--run-id", "first", "--to", "2024-02-11", *options)
    shutil.copytree(old, new)
    retailsim("run", tiny, "--lake", new, "--run-id", "second", *options)
    return old, new


def objects(root: pathlib.Path) -> dict[str, str]:
    listed = json.loads((root / CURRENT).read_text())["objects"]
    return {each["path"]: each["inputs"] for each in listed}


def fingerprint(gold: Gold) -> tuple[object, ...]:
    """Of every number that a set holds."""
    columns = {name: hash(str(table._table.to_pydict())) for name, table in gold.tables.items()}
    return gold.run_id, gold.data, tuple(sorted(columns.items()))


def put(source: pathlib.Path, target: pathlib.Path, path: str) -> None:
    """Replaces an object as the program does: whole, at once."""
    (target / path).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source / path, target / "arriving")
    (target / "arriving").replace(target / path)


def publish(source: pathlib.Path, target: pathlib.Path) -> None:
    for path in objects(source):
        put(source, target, path)
    put(source, target, CURRENT)


class Recorder:
    """A place that notes what is read."""

    def __init__(self, lake: Lake) -> None:
        self.place = lake.place
        self.read_paths: list[str] = []
        lake.place = self

    def read(self, path: str, tag: str | None = None) -> tuple[bytes, str] | None:
        self.read_paths.append(path)
        return self.place.read(path, tag)

    def folders(self, path: str) -> list[str]:
        return self.place.folders(path)

    def files(self, path: str) -> list[str]:
        return self.place.files(path)


@pytest.fixture
def growing(versions: tuple[pathlib.Path, pathlib.Path], tmp_path: pathlib.Path) -> pathlib.Path:
    """A lake in its old version, into which the new one can be published."""
    return pathlib.Path(shutil.copytree(versions[0], tmp_path / "lake"))


def test_two_published_sets_are_never_mixed(
    versions: tuple[pathlib.Path, pathlib.Path], growing: pathlib.Path
) -> None:
    old, new = (fingerprint(Lake(str(version)).gold()) for version in versions)
    assert old != new
    lake = Lake(str(growing))
    seen: list[tuple[object, ...]] = [fingerprint(lake.gold())]
    over = threading.Event()
    troubles: list[Exception] = []

    def poll() -> None:
        last = None
        while not over.is_set():
            try:
                found = lake.gold()
            except Exception as error:
                troubles.append(error)
                return
            if found is not last:
                seen.append(fingerprint(found))
            last = found

    thread = threading.Thread(target=poll)
    thread.start()
    for source in (versions[1], versions[0]) * 3:
        for path in objects(source):
            put(source, growing, path)
            over.wait(0.002)
        put(source, growing, CURRENT)
        over.wait(0.15)
    over.set()
    thread.join()
    assert not troubles
    assert set(seen) == {old, new}
    assert fingerprint(lake.gold()) == old


def test_whoever_comes_in_the_middle_of_a_publish_sees_the_new_set_when_it_is_whole(
    versions: tuple[pathlib.Path, pathlib.Path], growing: pathlib.Path
) -> None:
    paths = list(objects(versions[1]))
    for path in paths[::2]:
        put(versions[1], growing, path)
    end = threading.Timer(0.3, publish, (versions[1], growing))
    end.start()
    found = Lake(str(growing)).gold()
    end.join()
    assert fingerprint(found) == fingerprint(Lake(str(versions[1])).gold())


def test_a_publish_that_stays_unfinished_keeps_the_old_set(
    versions: tuple[pathlib.Path, pathlib.Path],
    growing: pathlib.Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lake = Lake(str(growing))
    before = lake.gold()
    put(versions[1], growing, CURRENT)  # its objects never come
    monkeypatch.setattr(lake_room, "PATIENCE", 0.2)
    assert lake.gold() is before
    with pytest.raises(LakeError) as caught:
        Lake(str(growing)).gold()
    assert (caught.value.message, caught.value.advice) == ("unfinished", "complete_publish")
    publish(versions[1], growing)
    assert lake.gold().run_id == "second"


def test_nothing_is_read_again_while_the_list_is_the_same(growing: pathlib.Path) -> None:
    lake = Lake(str(growing))
    seen = Recorder(lake)
    first = lake.gold()
    assert set(seen.read_paths) == {CURRENT, *objects(growing), *SNAPSHOTS}
    seen.read_paths.clear()
    assert lake.gold() is first
    assert seen.read_paths == [CURRENT]


def test_only_what_changed_is_read(
    versions: tuple[pathlib.Path, pathlib.Path], growing: pathlib.Path
) -> None:
    lake = Lake(str(growing))
    assert lake.gold().run_id == "first"
    seen = Recorder(lake)
    publish(versions[1], growing)
    assert lake.gold().run_id == "second"
    old, new = map(objects, versions)
    changed = {path for path in new if old.get(path) != new[path]}
    unchanged = set(new) - changed
    assert changed and unchanged, "January is over, February goes on"
    assert sorted(seen.read_paths) == sorted({CURRENT, *changed, *SNAPSHOTS})


@pytest.mark.parametrize("text", [None, "", "{", "[]", '{"format": 2}', '{"format": 1}'])
def test_a_list_that_can_not_be_read_any_more_leaves_the_old_set(
    growing: pathlib.Path, text: str | None
) -> None:
    lake = Lake(str(growing))
    before = lake.gold()
    (growing / CURRENT).unlink()
    if text is not None:
        (growing / CURRENT).write_text(text)
    assert lake.gold() is before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "damaged"),
        ("{", "damaged"),
        ("[]", "damaged"),
        ("7", "damaged"),
        ('{"format": 1}', "damaged"),
        ('{"format": "1"}', "damaged"),
        ('{"format": 1, "run_id": "a", "objects": [7]}', "damaged"),
        ('{"format": 1, "run_id": "a", "objects": [{"path": 7, "inputs": "b"}]}', "damaged"),
        ('{"format": 1, "run_id": "a", "objects": [{"path": "x", "inputs": "b"}]}', "damaged"),
        ('{"format": 1, "run_id": "a", "data_from": "today", "objects": []}', "damaged"),
        ('{"format": 2, "tables": []}', "newer_lake"),
    ],
)
def test_a_damaged_list_is_told_from_a_newer_one(
    growing: pathlib.Path, text: str, message: str
) -> None:
    (growing / CURRENT).write_text(text)
    with pytest.raises(LakeError) as caught:
        Lake(str(growing)).gold()
    assert caught.value.message == message


def test_a_damaged_table_of_names_is_named(growing: pathlib.Path) -> None:
    (growing / "clean" / "store" / "part-0.parquet").write_bytes(b"PAR1 no more")
    with pytest.raises(LakeError) as caught:
        Lake(str(growing)).gold()
    assert caught.value.message == "damaged_object"
    assert caught.value.facts["path"] == "clean/store/part-0.parquet"


def record(root: pathlib.Path, run: str, stage: str, **facts: object) -> None:
    folder = root / "_runs" / run
    folder.mkdir(parents=True, exist_ok=True)
    made = {"stage": stage, "started_at": f"2024-03-01T00:00:0{len(stage)}Z", **facts}
    (folder / f"{stage}.json").write_text(json.dumps(made))


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs are looked for each time."""
    monkeypatch.setattr("board.lake.RUNS_EVERY", 0.0)


def test_runs_are_looked_for_now_and_then(growing: pathlib.Path) -> None:
    lake = Lake(str(growing))
    assert [run["run_id"] for run in lake.runs()] == ["first"]
    record(growing, "second", "extract")
    assert [run["run_id"] for run in lake.runs()] == ["first"]


@pytest.mark.usefixtures("impatient")
def test_runs_are_the_newest_first_and_a_new_one_is_seen(growing: pathlib.Path) -> None:
    lake = Lake(str(growing))
    assert [run["run_id"] for run in lake.runs()] == ["first"]
    record(growing, "second", "extract")
    assert [run["run_id"] for run in lake.runs()] == ["second", "first"]
    assert not lake.runs()[0]["failed"]


@pytest.mark.usefixtures("impatient")
def test_a_run_under_way_is_followed_to_its_end(growing: pathlib.Path) -> None:
    lake = Lake(str(growing))
    record(growing, "second", "simulate")
    assert lake.runs()[0]["unfinished"]
    record(growing, "second", "transform")
    assert not lake.runs()[0]["unfinished"]
    record(growing, "third", "simulate")
    assert lake.runs()[0]["unfinished"]
    record(growing, "third", "extract", error="it broke")
    assert lake.runs()[0]["failed"]
    assert not lake.runs()[0]["unfinished"]


def test_a_record_that_is_half_written_is_passed_over(growing: pathlib.Path) -> None:
    record(growing, "second", "extract")
    (growing / "_runs" / "second" / "transform.json").write_text('{"stage": "tra')
    (growing / "_runs" / "second" / "other.json").write_text("[]")
    (run, _) = Lake(str(growing)).runs()
    assert [stage["stage"] for stage in run["stages"]] == ["extract"]


@pytest.mark.usefixtures("impatient")
def test_a_place_out_of_reach_leaves_what_was_there(growing: pathlib.Path) -> None:
    lake = Lake(str(growing))
    gold, runs = lake.gold(), lake.runs()

    class Gone:
        def read(self, *_: object) -> None:
            raise LakeError("out_of_reach", "check_endpoint", place="there")

        folders = files = read

    lake.place = Gone()  # type: ignore[assignment]
    assert lake.gold() is gold
    assert lake.runs() == runs
    lake = Lake(str(growing))
    lake.place = Gone()  # type: ignore[assignment]
    for ask in (lake.gold, lake.runs):
        with pytest.raises(LakeError):
            ask()


@contextlib.contextmanager
def environment(**settings: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(name, value)
        yield


def test_a_bucket_is_read_as_a_folder_is(tiny: Made, s3: S3Server) -> None:
    uri = f"s3://{s3.bucket()}/some/lake"
    upload(tiny.lake, s3, uri.removeprefix("s3://"))
    with environment(**s3.env):
        lake = Lake(uri)
        seen = Recorder(lake)
        gold = lake.gold()
        assert fingerprint(gold) == fingerprint(Lake(str(tiny.lake)).gold())
        assert lake.runs() == Lake(str(tiny.lake)).runs()
        seen.read_paths.clear()
        assert lake.gold() is gold
        assert seen.read_paths == [CURRENT]


def test_an_object_of_a_bucket_is_read_again_only_when_it_changed(s3: S3Server) -> None:
    name = s3.bucket()
    with environment(**s3.env):
        place = place_of(f"s3://{name}/lake/")
    files = s3.files()
    assert place.read("a") is None
    for text in (b"one", b"two"):
        with files.open_output_stream(f"{name}/lake/a") as stream:
            stream.write(text)
        found = place.read("a")
        assert found is not None
        assert found[0] == text
        assert place.read("a", found[1]) is None


def test_a_file_of_a_folder_is_read_again_only_when_it_changed(tmp_path: pathlib.Path) -> None:
    place = place_of(str(tmp_path))
    assert place.read("a") is None
    (tmp_path / "a").write_text("one")
    found = place.read("a")
    assert found is not None
    assert place.read("a", found[1]) is None
    (tmp_path / "b").write_text("two")
    (tmp_path / "b").replace(tmp_path / "a")
    again = place.read("a", found[1])
    assert again is not None
    assert again[0] == b"two"


def test_an_address_names_a_folder_or_a_bucket(tmp_path: pathlib.Path) -> None:
    (tmp_path / "my lake").mkdir()
    assert isinstance(place_of("lake"), Folder)
    address = (tmp_path / "my lake").as_uri()
    assert place_of(address).root == tmp_path / "my lake"  # type: ignore[attr-defined]
    with environment(AWS_ACCESS_KEY_ID="a", AWS_SECRET_ACCESS_KEY="b"):  # noqa: S106
        bucket = place_of("s3://name/a/b/")
    assert isinstance(bucket, Bucket)
    assert (bucket.bucket, bucket.prefix) == ("name", "a/b")
    for wrong in ("s3://", "s3:///a", "gs://a/b", "https://a/b"):
        with pytest.raises(LakeError):
            place_of(wrong)
