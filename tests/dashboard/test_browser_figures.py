"""The figures in the browser are those of `retailsim report`, to the cent."""

import csv
import io
import json
import pathlib

import pytest
from browser import Reader, report, retailsim, shown

pytestmark = pytest.mark.dashboard

YEARS = {"year": "All years"}
COMBINATIONS = [  # filters, and the options of `report` that mean the same
    ({}, "--from 2025-01-01 --to 2025-12-31"),
    (YEARS, ""),
    ({"year": "2024"}, "--from 2024-01-01 --to 2024-12-31"),
    ({"year": "2024", "month": "February"}, "--from 2024-02-01 --to 2024-02-29"),
    ({"month": "December"}, "--from 2025-12-01 --to 2025-12-31"),
    (YEARS | {"region": "Bretagne"}, "--region Bretagne"),
    (YEARS | {"format": "Supermarket"}, "--store-format SUPERMARKET"),
    (YEARS | {"store": "5 Toulouse"}, "--store 5"),
    (
        {"region": "Occitanie", "format": "Convenience"},
        "--from 2025-01-01 --to 2025-12-31 --region Occitanie --store-format CONVENIENCE",
    ),
    (
        {"year": "2024", "month": "July", "region": "Normandie", "store": "4 Le Havre"},
        "--from 2024-07-01 --to 2024-07-31 --region Normandie --store 4",
    ),
]


def test_the_cards_are_those_of_the_report_to_the_cent(
    reader: Reader, two_years: pathlib.Path
) -> None:
    reader.open()
    for filters, options in COMBINATIONS:
        reader.move_to(**filters)
        expected = shown(report(two_years, *options.split()))
        reader.await_figure("Net sales", expected["Net sales"])
        reader.settle()
        assert reader.metrics() == expected, filters


def test_the_download_holds_every_store_to_the_cent(
    reader: Reader, two_years: pathlib.Path
) -> None:
    reader.open("stores", year="2024")
    with reader.page.expect_download() as download:
        reader.page.get_by_role("button", name="Download as CSV", exact=True).click()
    assert download.value.suggested_filename == "ranking.csv"
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text())))
    options = ["--from", "2024-01-01", "--to", "2024-12-31", "--json"]
    stores = json.loads(retailsim("report", "--lake", two_years, *options))["stores"]
    stores.sort(key=lambda store: -float(store["net_sales"]))
    assert len(rows) == 6
    assert [
        [row[name] for name in ("Store", "Net sales", "Gross margin", "Visitors", "Average ticket")]
        for row in rows
    ] == [
        [
            f"{store['store_id']} {store['name']}",
            store["net_sales"],
            store["gross_margin"],
            str(store["visitors"]),
            store["average_ticket"],
        ]
        for store in stores
    ]
