"""What a page costs: bytes over the wire, and seconds from a click. Printed, not judged."""

import statistics
import time
from collections.abc import Callable

import pytest
from browser import Reader
from playwright.sync_api import expect

pytestmark = pytest.mark.dashboard

CLICKS = 10


def test_the_costs_of_a_page_are_told(
    visit: Callable[..., Reader], address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    reader = visit(address)
    lengths: list[float] = []
    client = reader.page.context.new_cdp_session(reader.page)
    client.send("Network.enable")
    client.on("Network.loadingFinished", lambda event: lengths.append(event["encodedDataLength"]))
    frames: list[int] = []
    client.on(
        "Network.webSocketFrameReceived",
        lambda event: frames.append(len(event["response"]["payloadData"]) * 3 // 4),  # base64
    )
    start = time.monotonic()
    reader.open()
    expect(reader.page.get_by_test_id("stMetric")).to_have_count(6)
    cold = time.monotonic() - start
    reader.page.wait_for_timeout(1000)
    bytes_of_files, bytes_of_frames = sum(lengths), sum(frames)
    seconds = []
    for click in range(CLICKS):
        year = ("2024", "2025")[click % 2]
        option = reader.open_box(reader.box("Year")).filter(has_text=year)
        start = time.monotonic()
        option.click()
        reader.await_days(f"1 Jan {year} to 31 Dec {year}")
        reader.settle()
        seconds.append(time.monotonic() - start)
    assert len(seconds) == CLICKS
    with capsys.disabled():
        print(
            f"\na cold page: {bytes_of_files:,.0f} bytes of files and {bytes_of_frames:,} of "
            f"frames, cards after {cold:.2f} s\na filter, from click to settled: "
            f"{statistics.median(seconds):.2f} s (p50 of {CLICKS}; "
            f"{min(seconds):.2f} to {max(seconds):.2f})"
        )
