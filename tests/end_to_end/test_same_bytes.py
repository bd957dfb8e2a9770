"""The same scenario gives the same bytes: whatever the threads, parts, dates and processors."""

import json

import pytest
from conftest import run_pipeline
from harness import CHECKOUT, EVENTS, OPTIONAL, SCENARIOS, Feed, digests, retailsim

TINY = SCENARIOS / "tiny.toml"
QUICKSTART = SCENARIOS / "quickstart.toml"


def simulate(folder, scenario, *options, **how) -> Feed:
    retailsim("simulate", scenario, "--out", folder, "--quiet", *options, **how)
    return Feed(folder)


def test_one_thread_and_two_leave_the_same_ndjson_and_parquet(tmp_path):
    one = run_pipeline(tmp_path / "one", TINY, "--threads", "1")
    two = run_pipeline(tmp_path / "two", TINY, "--threads", "2")
    assert len(one.lake.objects()) > 20
    assert digests(one.feed.folder) == digests(two.feed.folder)
    assert one.lake.objects() == two.lake.objects()


def test_two_threads_means_that_two_workers_computed_cells(tmp_path):
    answer = retailsim(
        "simulate", QUICKSTART, "--out", tmp_path / "feed", "--threads", "2", "--json"
    )
    record = json.loads(answer.stdout)
    by_worker = [record[name] for name in record if name.startswith("cells_of_worker_")]
    assert len(by_worker) == 2
    assert min(by_worker) > 0
    assert sum(by_worker) == record["cells"]


@pytest.mark.parametrize("scenario", [TINY, QUICKSTART], ids=["tiny", "quickstart"])
def test_four_parts_in_order_are_the_whole(scenario, tmp_path, request):
    whole = request.getfixturevalue(scenario.stem).feed
    parts = [
        simulate(tmp_path / str(part), scenario, "--parts", "4", "--part", part)
        for part in (1, 2, 3, 4)
    ]
    for part in parts:
        assert part.snapshots() == whole.snapshots()
    for name in whole.events():
        pieces = [part.folder / name for part in parts]
        together = b"".join(piece.read_bytes() for piece in pieces if piece.exists())
        assert together == (whole.folder / name).read_bytes(), name


def test_the_fifth_week_of_tiny_alone_is_that_week_of_the_whole(tiny, tmp_path):
    days = tiny.feed.days("visit")[28:35]
    assert_days_are_equal(tiny.feed, TINY, days, tmp_path)


def test_a_week_of_july_alone_is_that_week_of_the_whole(quickstart, tmp_path):
    days = [f"2024-07-{day}" for day in range(22, 29)]
    assert_days_are_equal(quickstart.feed, QUICKSTART, days, tmp_path)


def assert_days_are_equal(whole: Feed, scenario, days, folder):
    alone = simulate(folder / "alone", scenario, "--from", days[0], "--to", days[-1])
    expected = {name: digest for name, digest in whole.events().items() if name[-17:-7] in days}
    present = [name for name in EVENTS if (whole.folder / name).is_dir()]
    assert {*EVENTS} - {*present} <= {*OPTIONAL}
    assert len(expected) == len(present) * 7
    assert alone.events() == expected
    assert alone.snapshots() == whole.snapshots()


def test_a_processor_without_fma_and_avx2_makes_the_same_rows(tiny, tmp_path):
    masked = "glibc.cpu.hwcaps=-FMA,-AVX2,-FMA_Usable,-AVX2_Usable"
    feed = simulate(tmp_path / "masked", TINY, env={"GLIBC_TUNABLES": masked})
    assert digests(feed.folder) == digests(tiny.feed.folder)


@pytest.mark.compilers
@pytest.mark.parametrize("build", ["o0", "clang"])
def test_another_compiler_makes_the_same_rows(build, tiny, tmp_path):
    binary = CHECKOUT / "build" / build / "retailsim"
    feed = simulate(tmp_path / build, TINY, binary=binary)
    assert digests(feed.folder) == digests(tiny.feed.folder)
