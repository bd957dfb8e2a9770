"""How the pages look: on a phone, in the dark, and to somebody who can't see them."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import DESK, PAGES, PHONE, PICTURES, Reader
from playwright.sync_api import expect

pytestmark = pytest.mark.dashboard

# Findings about Streamlit's own widgets that no option reaches: (rule, part of the element's HTML
# or selector): why. None at present.
STREAMLITS_OWN: dict[tuple[str, str], str] = {}


def content_height(reader: Reader) -> int:
    read = "document.querySelector('[data-testid=stMain]').scrollHeight"
    return min(int(reader.page.evaluate(read)), 6000)


def keep_picture(reader: Reader, name: str, window: dict[str, int]) -> None:
    """The whole page, in a window of that width; afterwards the window is as it was."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    reader.page.set_viewport_size(window | {"height": content_height(reader)})
    reader.page.wait_for_timeout(300)  # charts follow the new size
    reader.page.screenshot(path=PICTURES / f"{name}.png")
    reader.page.set_viewport_size(window)


def brightness(reader: Reader, element: str, of: str) -> float:
    """Of a colour, from 0 to 255."""
    read = """([element, of]) => getComputedStyle(document.querySelector(element))[of]
        .match(/[0-9.]+/g).slice(0, 3).map(Number).reduce((a, b) => a + b) / 3"""
    return float(reader.page.evaluate(read, [element, of]))


def await_content(reader: Reader, name: str) -> None:
    if name != "pipeline":
        expect(reader.page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    expect(reader.page.get_by_test_id("stDataFrame").locator("canvas").first).to_be_visible()


def test_a_phone_shows_every_page_without_scrolling_sideways(
    visit: Callable[..., Reader], address: str
) -> None:
    reader = visit(address, viewport=PHONE, is_mobile=True, has_touch=True)
    reader.open()
    for name in PAGES:
        if name != "overview":
            reader.page.get_by_role("button", name="Expand sidebar").tap()
            reader.go_to(name.capitalize())
            fold = reader.page.get_by_test_id("stSidebarCollapseButton").get_by_role("button")
            if fold.is_visible():
                fold.tap()
        await_content(reader, name)
        expect(reader.page.locator("h1")).to_be_in_viewport()
        overflow = """[document.documentElement, document.querySelector('[data-testid=stMain]')]
            .map(each => each.scrollWidth - each.clientWidth)"""
        assert reader.page.evaluate(overflow) == [0, 0]
        beyond = """[...document.querySelectorAll('[data-testid=stMain] [data-testid]')]
            .map(each => [each.dataset.testid, each.getBoundingClientRect().right])
            .filter(each => each[1] > 391)"""
        assert reader.page.evaluate(beyond) == []
        keep_picture(reader, f"phone-{name}", PHONE)


def test_a_phone_reaches_the_filters_by_touch(visit: Callable[..., Reader], address: str) -> None:
    reader = visit(address, viewport=PHONE, is_mobile=True, has_touch=True)
    reader.open()
    before = reader.metrics()["Net sales"]
    reader.page.get_by_role("button", name="Expand sidebar").tap()
    boxes = reader.page.get_by_test_id("stSelectbox").filter(has=reader.box("Year"))
    boxes.get_by_role("button", name="Open").tap()
    reader.page.get_by_role("option", name="2024", exact=True).tap()
    reader.await_days("1 Jan 2024 to 31 Dec 2024")
    reader.settle()
    assert reader.metrics()["Net sales"] != before


def grave(findings: list[dict[str, Any]]) -> list[str]:
    """Serious and critical findings that are ours."""
    return [
        f"{finding['id']}: {node['html'][:200]} {node['target']}"
        for finding in findings
        if finding["impact"] in {"serious", "critical"}
        for node in finding["nodes"]
        if not any(
            finding["id"] == rule and part in f"{node['html']} {node['target']}"
            for rule, part in STREAMLITS_OWN
        )
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_light_or_dark_and_axe_finds_nothing_serious_of_ours(
    visit: Callable[..., Reader], address: str, scheme: str
) -> None:
    reader = visit(address, color_scheme=scheme)
    reader.open()
    for name in PAGES:
        if name != "overview":
            reader.go_to(name.capitalize())
        await_content(reader, name)
        assert grave(Axe().run(reader.page).response["violations"]) == []
        ground = brightness(reader, "[data-testid=stApp]", "backgroundColor")
        text = brightness(reader, "h1", "color")
        assert (ground < 40 and text > 200) if scheme == "dark" else (ground > 240 and text < 60)
        keep_picture(reader, f"{scheme}-{name}", DESK)
