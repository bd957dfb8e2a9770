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
    sockets: list[int] = []
    client.on(
        "Network.webSocketFrameReceived",
        lambda event: sockets.append(len(event["response"]["payloadData"])),
    )
    start = time.monotonic()
    reader.open()
    expect(reader.page.get_by_test_id("stMetric")).to_have_count(6)
    cold = time.monotonic() - start
    reader.page.wait_for_timeout(1000)
    seconds = []
    for click in range(CLICKS):
        year = ("2024", "2025")[click % 2]
        box = reader.open_box(reader.box("Year"))
        option = box.filter(has_text=year).first
        start = time.monotonic()
        option.click()
        expect(reader.page.get_by_text(f"1 Jan {year} to 31 Dec {year}")).to_be_visible()
        reader.settle()
        seconds.append(time.monotonic() - start)
    assert len(seconds) == CLICKS
    with capsys.disabled():
        print(
            f"\na cold page: {sum(lengths):,.0f} bytes in {len(lengths)} answers, cards after "
            f"{cold:.2f} s; a filter: {statistics.median(seconds):.2f} s from click to settled "
            f"(p50 of {CLICKS}; {min(seconds):.2f} to {max(seconds):.2f})"
        )
