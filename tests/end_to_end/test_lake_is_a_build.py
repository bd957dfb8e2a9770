"""The lake is a build: the way it came about does not show, and nothing is done twice."""

import shutil
import time

import pytest
from harness import SCENARIOS, Feed, Lake, digests, retailsim

TINY = SCENARIOS / "tiny.toml"


def run_days(folder, days) -> tuple[Feed, Lake]:
    """One run a day, in the order given."""
    feed, lake = folder / "data_api", folder / "lake"
    for day in days:
        dates = ("--from", day, "--to", day)
        retailsim("run", TINY, "--data", feed, "--lake", lake, "--quiet", *dates)
    return Feed(feed), Lake(lake)


@pytest.mark.parametrize("order", ["day by day", "backwards"])
def test_56_daily_runs_end_in_the_bytes_of_one_run(order, tiny, tmp_path):
    days = tiny.feed.days("visit")
    assert len(days) == 56
    feed, lake = run_days(tmp_path, days if order == "day by day" else reversed(days))
    assert feed.events() == tiny.feed.events()
    assert lake.objects() == tiny.lake.objects()


def test_every_layer_has_objects_where_the_design_puts_them(tiny):
    folder = tiny.lake.folder
    for name in (
        "raw/store/part-0.parquet",
        "raw/visit/feed_date=2024-01-01/part-0.parquet",
        "clean/product/part-0.parquet",
        "clean/transaction_line/month=2024-01/part-0.parquet",
        "gold/store_day/month=2024-01/part-0.parquet",
        "gold/store_month/2024-01/part-0.parquet",
        "gold/customer_rfm/part-0.parquet",
        "gold/_current.json",
    ):
        assert (folder / name).is_file(), name


def test_a_second_run_changes_no_file_and_says_so(tiny):
    # A run record and the time of publishing may be new; data may not be touched.
    before = file_times(tiny)
    time.sleep(0.01)
    feed, lake = tiny.feed.folder, tiny.lake.folder
    answer = retailsim("run", TINY, "--data", feed, "--lake", lake)
    assert file_times(tiny) == before
    assert "nothing to do" in (answer.stdout + answer.stderr).lower()


def file_times(pipeline) -> dict[str, int]:
    files = [*pipeline.feed.folder.rglob("*.ndjson"), *pipeline.lake.folder.rglob("*.parquet")]
    assert len(files) > 100
    return {str(file): file.stat().st_mtime_ns for file in files}


def test_a_lost_object_is_made_again_with_the_same_bytes(tiny):
    lake = tiny.lake.folder
    before = digests(lake, "*.parquet")
    for name in (
        "raw/visit/feed_date=2024-01-08/part-0.parquet",
        "clean/transaction_line/month=2024-01/part-0.parquet",
        "gold/store_month/2024-02/part-0.parquet",
    ):
        (lake / name).unlink()
    retailsim("run", TINY, "--data", tiny.feed.folder, "--lake", lake, "--quiet")
    assert digests(lake, "*.parquet") == before


@pytest.mark.parametrize("lost", ["*", "customer_*", "promotion_result", "*_month"])
def test_gold_is_made_again_from_clean_with_the_same_bytes(lost, tiny, tmp_path):
    lake = tmp_path / "lake"
    shutil.copytree(tiny.lake.folder, lake)
    before = digests(lake, "*.parquet")
    for table in (lake / "gold").glob(lost):
        if table.is_dir():
            shutil.rmtree(table)
    assert digests(lake, "*.parquet") != before
    retailsim("transform", "--lake", lake, "--quiet")
    assert digests(lake, "*.parquet") == before
