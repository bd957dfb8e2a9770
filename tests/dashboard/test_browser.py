"""What a reader does in a browser: open pages, choose, go back, change the language."""

import pathlib
import re
from collections.abc import Callable

import pytest
from browser import DESK, PAGES, Reader, plain, report, shown
from playwright.sync_api import expect

pytestmark = pytest.mark.dashboard

HEADINGS = {
    "overview": [
        "Overview",
        "Net sales over time",
        "Visitors by weekday and hour",
        "Conversion against traffic",
        "Best and worst stores",
    ],
    "stores": [
        "Stores",
        "Ranking",
        "Where they are",
        "One store",
        "Categories",
        "Visitors by weekday and hour",
        "Against the median of its format",
    ],
    "products": ["Products", "Categories", "Product", "Promotions"],
    "customers": ["Customers", "Segments", "New and returning", "Basket size"],
    "pipeline": ["Pipeline", "Last runs", "Rows by stage of the last full run", "Data quality"],
}
FIGURES = {  # charts, tables, cards
    "overview": (3, 1, 6),
    "stores": (4, 1, 0),
    "products": (1, 3, 0),
    "customers": (3, 3, 0),
    "pipeline": (0, 3, 4),
}


def check_drawn(reader: Reader, name: str) -> None:
    expect(reader.page.locator("h1, h3")).to_have_text(HEADINGS[name])
    charts, tables, cards = FIGURES[name]
    page = reader.page
    expect(page.locator(".js-plotly-plot:has(.main-svg)")).to_have_count(charts)
    expect(page.get_by_test_id("stDataFrame").locator("canvas").first).to_be_visible()
    expect(page.get_by_test_id("stDataFrame")).to_have_count(tables)
    expect(page.get_by_test_id("stMetric")).to_have_count(cards)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_draws_its_headings_and_figures(reader: Reader, name: str) -> None:
    reader.open(name)
    check_drawn(reader, name)
    assert reader.addresses  # were watched; what is wrong with them fails every test here


def test_the_navigation_leads_to_every_page(reader: Reader) -> None:
    reader.open()
    for name in (*PAGES[1:], PAGES[0]):
        reader.go_to(HEADINGS[name][0])
        check_drawn(reader, name)


def test_every_filter_works_by_mouse_and_is_in_the_address(reader: Reader) -> None:
    reader.open()
    before = reader.metrics()
    for label, option in {
        "Year": "2024",
        "Month": "March",
        "Compared with": "Last year",
        "Region": "Bretagne",
        "Store format": "Supermarket",
    }.items():
        reader.choose(label, option)
        expect(reader.box(label)).to_have_value(option)
    reader.choose("Store", "2 Brest")
    reader.page.keyboard.press("Escape")
    reader.page.get_by_text("Like for like", exact=True).click()
    reader.page.wait_for_url(re.compile("like=true"))
    reader.settle()
    wanted = {
        "year": ["2024"],
        "month": ["March"],
        "compare": ["Last year"],
        "region": ["Bretagne"],
        "format": ["Supermarket"],
        "store": ["2 Brest"],
        "like": ["true"],
    }
    assert reader.filters == wanted
    reader.await_days("1 Mar 2024 to 31 Mar 2024")
    assert reader.metrics()["Net sales"] != before["Net sales"]
    reader.go_to("Stores")
    assert reader.filters == wanted


def test_the_choices_within_a_page_are_in_the_address(reader: Reader) -> None:
    reader.open("stores")
    reader.open_box(reader.page.get_by_test_id("stMain").get_by_role("combobox", name="Store"))
    reader.page.get_by_role("option", name="4 Le Havre").click()
    reader.page.wait_for_url(re.compile("one=4"))
    expect(reader.page.get_by_role("columnheader", name="Le Havre")).to_be_visible()
    reader.open("products")
    option = reader.open_box(reader.box("Category")).nth(2)
    other = option.inner_text()
    option.click()
    reader.page.wait_for_url(re.compile("category="))
    assert reader.filters == {"category": [other]}


def tab_to(reader: Reader, label: str) -> None:
    focus = "document.activeElement?.getAttribute('aria-label')"
    for _ in range(40):
        if reader.page.evaluate(focus) == label:
            return
        reader.page.keyboard.press("Tab")
    raise AssertionError(f"forty tabs do not lead to {label}")


def test_year_and_region_can_be_chosen_with_the_keyboard_alone(reader: Reader) -> None:
    reader.open()
    press = reader.page.keyboard.press
    for label, wanted, address in (
        ("Year", "2024", "year=2024"),
        ("Region", "Normandie", "region=Normandie"),
    ):
        tab_to(reader, label)
        press("Alt+ArrowDown")
        chosen = reader.page.locator("[role=option][data-focused=true]")
        for _ in range(5):
            if chosen.count() and chosen.inner_text() == wanted:
                break
            press("ArrowDown")
        press("Enter")
        reader.page.wait_for_url(re.compile(address))
        expect(reader.box(label)).to_have_value(wanted)
    reader.await_days("1 Jan 2024 to 31 Dec 2024")


def test_a_link_with_filters_opens_what_it_says(reader: Reader) -> None:
    reader.open("stores", year="2024", month="May", region="Occitanie", compare="Last year")
    reader.await_days("1 May 2024 to 31 May 2024")
    assert reader.box("Month").input_value() == "May"
    assert reader.box("Region").input_value() == "Occitanie"
    assert reader.box("Compared with").input_value() == "Last year"
    expect(reader.page.get_by_test_id("stMain").get_by_role("combobox")).to_have_value("5 Toulouse")


def test_back_and_forward_restore_page_and_filters(reader: Reader, two_years: pathlib.Path) -> None:
    def net_sales(year: str, region: str) -> str:
        days = ["--from", f"{year}-01-01", "--to", f"{year}-12-31", "--region", region]
        return shown(report(two_years, *days))["Net sales"]

    reader.open(year="2024")
    reader.choose("Region", "Bretagne")
    first = net_sales("2024", "Bretagne")
    reader.await_figure("Net sales", first)
    seen = [("Overview", "2024", "Bretagne", first)]
    reader.go_to("Customers")
    reader.choose("Region", "Normandie")
    reader.page.wait_for_url(re.compile("region=Normandie"))
    seen.append(("Customers", "2024", "Normandie", ""))
    reader.go_to("Overview")
    reader.choose("Year", "2025")
    last = net_sales("2025", "Normandie")
    reader.await_figure("Net sales", last)
    seen.append(("Overview", "2025", "Normandie", last))
    for move, at in (
        (reader.page.go_back, 1),
        (reader.page.go_back, 0),
        (reader.page.go_forward, 1),
        (reader.page.go_forward, 2),
    ):
        title, year, region, sales = seen[at]
        move()
        expect(reader.page.locator("h1")).to_have_text(title)
        expect(reader.box("Year")).to_have_value(year)
        expect(reader.box("Region")).to_have_value(region)
        if sales:
            reader.await_figure("Net sales", sales)
        assert reader.filters.get("year", ["2025"]) == [year]
        assert reader.filters["region"] == [region]


def test_french_changes_words_and_numbers_and_keeps_the_filters(reader: Reader) -> None:
    reader.open(year="2024", month="March", compare="Last year", region="Bretagne")
    english = reader.metrics()["Net sales"]
    reader.page.get_by_role("radio", name="FR").click()
    expect(reader.page.locator("h1")).to_have_text("Vue d’ensemble")
    wanted = {
        "Année": "2024",
        "Mois": "Mars",
        "Comparé à": "Année précédente",
        "Région": "Bretagne",
        "Format": "Tous les formats",
    }

    def check_french() -> None:
        for label, value in wanted.items():
            expect(reader.box(label)).to_have_value(value)

    check_french()
    french = english.removeprefix("€").replace(",", " ").replace(".", ",") + " €"
    assert plain(reader.metrics()["Chiffre d’affaires net"]) == french
    reader.page.reload()
    check_french()
    reader.go_to("Magasins")
    check_french()
    reader.page.go_back()
    expect(reader.page.locator("h1")).to_have_text("Vue d’ensemble")
    check_french()
    reader.settle()
    reader.page.get_by_role("radio", name="EN").click()
    reader.await_figure("Net sales", english)
    assert reader.filters == {
        "year": ["2024"],
        "month": ["March"],
        "compare": ["Last year"],
        "region": ["Bretagne"],
    }


def test_filters_that_nothing_matches_can_be_reset(reader: Reader) -> None:
    reader.open("stores", region="Bretagne", format="Convenience", lang="FR", year="2024")
    expect(reader.page.get_by_test_id("stAlert")).to_contain_text("Aucun magasin avec des données")
    reader.page.get_by_role("button", name="Effacer les filtres").click()
    expect(reader.page.locator("h3").first).to_have_text("Classement")
    assert reader.filters == {"lang": ["FR"]}


def test_two_readers_choose_independently(visit: Callable[..., Reader], address: str) -> None:
    one, two = visit(address), visit(address, viewport=DESK)
    one.open(region="Bretagne")
    two.open(region="Occitanie")
    assert one.metrics()["Net sales"] != two.metrics()["Net sales"]
    expect(one.box("Region")).to_have_value("Bretagne")
