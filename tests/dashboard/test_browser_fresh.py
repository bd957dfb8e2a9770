"""What happens on an open page while the pipeline runs, and after it failed."""

import json
import pathlib
import subprocess
import time
from collections.abc import Callable, Iterator

import pytest
from browser import BINARY, Feed, Reader, dashboard, feed, report, shown, wait_for
from playwright.sync_api import expect

pytestmark = pytest.mark.dashboard

THIS_YEAR = ["--from", "2025-01-01"]
AT_MOST = 10.0  # seconds from a publish until it is seen


@pytest.fixture
def half(tmp_path: pathlib.Path) -> Feed:
    """A lake that ends in the middle of a year."""
    made = feed(tmp_path)
    made.run("--to", "2025-06-30")
    return made


@pytest.fixture
def live(half: Feed) -> Iterator[str]:
    with dashboard(half.lake) as address:
        yield address


def test_a_finished_run_is_seen_without_a_reload_and_never_by_half(
    visit: Callable[..., Reader], half: Feed, live: str, capsys: pytest.CaptureFixture[str]
) -> None:
    reader = visit(live)
    reader.open()
    before = shown(report(half.lake, *THIS_YEAR))
    assert reader.metrics() == before
    seen: list[dict[str, str]] = []
    words = ["run", half.folder / "scenario.toml", "--to", "2025-09-30", "--quiet"]
    places = ["--data", half.folder / "data", "--lake", half.lake]

    def look(process: subprocess.Popen[bytes]) -> bool:
        metrics = reader.metrics()
        if not seen or seen[-1] != metrics:
            seen.append(metrics)
        return process.poll() is not None and len(seen) > 1

    with subprocess.Popen([BINARY, *words, *places], stdout=subprocess.DEVNULL) as process:
        wait_for("the new figures", lambda: look(process))
        visible = time.time()
    assert process.returncode == 0
    published = (half.lake / "gold" / "_current.json").stat().st_mtime
    after = shown(report(half.lake, *THIS_YEAR))
    assert seen == [before, after]
    expect(reader.page.get_by_text("data through 30 Sept 2025")).to_be_visible()
    seconds = visible - published
    assert seconds <= AT_MOST
    with capsys.disabled():
        print(f"\nfrom publish to visible: {seconds:.2f} s")


def test_a_failed_run_is_told_and_the_old_figures_stay(
    visit: Callable[..., Reader], half: Feed, live: str
) -> None:
    reader = visit(live)
    reader.open()
    before = reader.metrics()
    badge = reader.page.get_by_text("The last run failed")
    expect(badge).to_have_count(0)
    failed = half.lake / "_runs" / "29991231T235959Z-abcdef"
    failed.mkdir()
    record = {
        "stage": "transform",
        "started_at": "2999-12-31T23:59:59Z",
        "seconds": 0.1,
        "error": "the disk is full",
        "hint": "make room, then: retailsim transform",
        "tables": {},
    }
    (failed / "transform.json").write_text(json.dumps(record))
    expect(badge).to_be_visible()
    assert reader.metrics() == before == shown(report(half.lake, *THIS_YEAR))
    reader.go_to("Pipeline")
    expect(reader.page.get_by_test_id("stAlert")).to_contain_text("the disk is full")
    expect(reader.page.get_by_text("make room, then: retailsim transform")).to_be_visible()
