"""Every number of the overview and of the stores is, to the cent, that of `retailsim report` with
the same filters.
"""

import dataclasses
import json
import pathlib
import re
import statistics
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from answers import (
    CENT,
    about,
    euros,
    gold,
    moved,
    of_months,
    of_stores,
    percent,
    report,
    stores_of,
    tenths,
    written,
)
from conftest import Made
from shown import metrics, page, rows, texts
from streamlit.testing.v1 import AppTest

pytestmark = pytest.mark.dashboard


@dataclasses.dataclass(frozen=True)
class Case:
    """An address, and the same question put to `report`."""

    address: dict[str, Any]
    days: str
    before: str | None  # days that it is compared with
    filters: tuple[Any, ...] = ()


CASES = {
    "the newest year, which is running": Case({}, "2025-01-01 2025-03-19", "2024-01-01 2024-03-18"),
    "a year": Case({"year": "2024"}, "2024-01-01 2024-12-31", None),
    "a year in which the data begins": Case({"year": "2023"}, "2023-10-02 2023-12-31", None),
    "all years": Case({"year": "All years"}, "2023-10-02 2025-03-19", None),
    "all years and 52 weeks earlier": Case(
        {"year": "All years", "compare": "Last year"}, "2023-10-02 2025-03-19", None
    ),
    "a month": Case(
        {"year": "2024", "month": "April"}, "2024-04-01 2024-04-30", "2024-03-01 2024-03-31"
    ),
    "a month and February of a leap year": Case(
        {"year": "2024", "month": "March"}, "2024-03-01 2024-03-31", "2024-02-01 2024-02-29"
    ),
    "January and the December before": Case(
        {"year": "2025", "month": "January"}, "2025-01-01 2025-01-31", "2024-12-01 2024-12-31"
    ),
    "a month and that of last year": Case(
        {"year": "2024", "month": "November", "compare": "Last year"},
        "2024-11-01 2024-11-30",
        "2023-11-01 2023-11-30",
    ),
    "a running month": Case(
        {"year": "2025", "month": "March"}, "2025-03-01 2025-03-19", "2025-02-01 2025-02-19"
    ),
    "a running month and that of last year": Case(
        {"year": "2025", "month": "March", "compare": "Last year"},
        "2025-03-01 2025-03-19",
        "2024-03-01 2024-03-19",
    ),
    "a region": Case(
        {"year": "2024", "month": "June", "region": "La Réunion"},
        "2024-06-01 2024-06-30",
        "2024-05-01 2024-05-31",
        ("--region", "La Réunion"),
    ),
    "a format": Case(
        {"year": "2024", "month": "December", "format": "Supermarket"},
        "2024-12-01 2024-12-31",
        "2024-11-01 2024-11-30",
        ("--store-format", "SUPERMARKET"),
    ),
    "a format of a region": Case(
        {"compare": "Last year", "region": "Normandie", "format": "Supermarket"},
        "2025-01-01 2025-03-19",
        "2024-01-01 2024-03-18",
        ("--region", "Normandie", "--store-format", "SUPERMARKET"),
    ),
    "one store": Case(
        {"year": "2024", "month": "February", "store": ["4 Rouen"]},
        "2024-02-01 2024-02-29",
        "2024-01-01 2024-01-31",
        ("--store", 4),
    ),
    "several stores": Case(
        {"store": ["1 Rennes", "5 Le Havre", "8 Saint-Paul"]},
        "2025-01-01 2025-03-19",
        "2024-01-01 2024-03-18",
        ("--store", 1, 5, 8),
    ),
    "like for like, without a store that opened and one that closed": Case(
        {"like": "true"},
        "2025-01-01 2025-03-19",
        "2024-01-01 2024-03-18",
        ("--store", 1, 3, 4, 5, 7, 8),
    ),
    "like for like, with a store that opened on the first day": Case(
        {"year": "2024", "month": "April", "like": "true"},
        "2024-04-01 2024-04-30",
        "2024-03-01 2024-03-31",
    ),
    "like for like, without one that opened in between": Case(
        {"year": "2024", "month": "March", "like": "true"},
        "2024-03-01 2024-03-31",
        "2024-02-01 2024-02-29",
        ("--store", 1, 3, 4, 5, 6, 7, 8),
    ),
    "like for like, without one that closed in the month": Case(
        {"year": "2025", "month": "February", "like": "true"},
        "2025-02-01 2025-02-28",
        "2025-01-01 2025-01-31",
        ("--store", 1, 2, 3, 4, 5, 7, 8),
    ),
}


@pytest.fixture(params=CASES.values(), ids=list(CASES))
def case(request: pytest.FixtureRequest) -> Case:
    return request.param


OPENED: dict[str, AppTest] = {}


def overview(chain: Made, case: Case) -> AppTest:
    """The overview, opened once for all tests of a case."""
    key = repr(case)
    OPENED[key] = OPENED.get(key) or page("overview", chain.lake, **case.address)
    return OPENED[key]


def reports(chain: Made, case: Case) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """That of the period, and of what it is compared with."""
    before = report(chain, case.before, *case.filters) if case.before else None
    return report(chain, case.days, *case.filters), before


CARDS = (
    ("Net sales", "net_sales", euros),
    ("Gross margin", "gross_margin", euros),
    ("Visitors", "visitors", "{:,}".format),
    ("Conversion", "conversion_rate", percent),
    ("Average ticket", "average_ticket", euros),
    ("Sales per visitor", "sales_per_visitor", euros),
)


def test_the_overview_shows_what_report_says(chain: Made, case: Case) -> None:
    now, before = reports(chain, case)
    app = overview(chain, case)
    expected = {}
    for label, name, write in CARDS:
        change = moved(now["total"][name], before["total"][name]) if before else None
        expected[label] = (write(now["total"][name]), percent(change, "+") if before else "")
    assert metrics(app) == expected
    total = now["total"]
    assert (
        f"Visitors per open store-day: {tenths(total['average_visitors']):,} · "
        f"Tickets: {total['transactions']:,} · Units: {total['units']:,}"
    ) in texts(app)


def test_the_period_line_names_the_days(chain: Made, case: Case) -> None:
    first, last = map(written, case.days.split())
    line = overview(chain, case).caption[0].value
    assert line.startswith(f"{first} to {last}")
    if case.before is None:
        assert "there is nothing to compare with" in line
    else:
        assert "compared with {} to {}".format(*map(written, case.before.split())) in line
    assert ("a running period" in line) == ("2025-03-19" in case.days and case.before is not None)


def test_the_ranking_of_stores_is_that_of_report(chain: Made, case: Case) -> None:
    now, before = reports(chain, case)
    app = page("stores", chain.lake, **case.address)
    earlier = {each["store_id"]: each for each in before["stores"]} if before else {}
    ranked = sorted(now["stores"], key=lambda each: (-Decimal(each["net_sales"]), each["store_id"]))
    places = {row["store_id"]: row for row in stores_of(chain)}
    shown = rows(app, "Store")
    assert [row["Store"] for row in shown] == [f"{s['store_id']} {s['name']}" for s in ranked]
    for row, store in zip(shown, ranked, strict=True):
        sales_before = earlier.get(store["store_id"], {}).get("net_sales")
        assert row == {
            "Store": f"{store['store_id']} {store['name']}",
            "Region": places[store["store_id"]]["region"],
            "Store format": places[store["store_id"]]["format"],
            "Net sales": float(store["net_sales"]),
            "Change": about(moved(store["net_sales"], sales_before)),
            "Gross margin": float(store["gross_margin"]),
            "Visitors": store["visitors"],
            "Conversion": about(store["conversion_rate"]),
            "Average ticket": float(store["average_ticket"]),
            "Sales per visitor": float(store["sales_per_visitor"]),
            "Visitors per open store-day": about(store["average_visitors"]),
        }


def test_best_and_worst_stores_are_those_that_moved_most(chain: Made, case: Case) -> None:
    now, before = reports(chain, case)
    earlier = {each["store_id"]: each["net_sales"] for each in before["stores"]} if before else {}

    def key(store: dict[str, Any]) -> tuple[bool, float, Decimal]:
        change = moved(store["net_sales"], earlier.get(store["store_id"]))
        return change is not None, change or 0.0, Decimal(store["net_sales"])

    ranked = sorted(now["stores"], key=key, reverse=True)
    assert rows(overview(chain, case), "Store") == [
        {
            "Store": store["name"],
            "Net sales": float(store["net_sales"]),
            "Change": about(moved(store["net_sales"], earlier.get(store["store_id"]))),
            "Conversion": about(store["conversion_rate"]),
        }
        for store in ranked
    ]


def forget(lake: pathlib.Path, *columns: str) -> None:
    """Makes columns unknown wherever they may be."""
    for path in (lake / "gold").rglob("*.parquet"):
        table = pq.read_table(path, partitioning=None)
        for at, field in enumerate(table.schema):
            if field.name in columns and field.nullable:
                table = table.set_column(at, field, pa.nulls(table.num_rows, field.type))
        pq.write_table(table, path, store_decimal_as_integer=True)


def test_what_nobody_knows_is_a_dash_and_what_is_known_stays(
    tiny: Made, tmp_path: pathlib.Path
) -> None:
    made = tiny.copy(tmp_path)
    forget(made.lake, "visitors", "visit_transactions", "cogs")
    total = made.report()["total"]
    unknown = {name: total[name] for name in ("visitors", "conversion_rate", "gross_margin")}
    assert set(unknown.values()) == {None}
    assert {label: value for label, (value, _) in metrics(page("overview", made.lake)).items()} == {
        "Net sales": euros(total["net_sales"]),
        "Gross margin": "—",
        "Visitors": "—",
        "Conversion": "—",
        "Average ticket": euros(total["average_ticket"]),
        "Sales per visitor": "—",
    }
    for row in rows(page("stores", made.lake), "Store"):
        empty = {name for name, value in row.items() if value is None}
        assert empty == {
            "Change",
            "Gross margin",
            "Visitors",
            "Conversion",
            "Sales per visitor",
            "Visitors per open store-day",
        }
    for row in rows(page("products", made.lake), "Category"):
        assert (row["Gross margin"], row["Margin rate"]) == (None, None)
    assert page("customers", made.lake).dataframe


def test_one_store_is_held_against_the_median_of_its_format(chain: Made) -> None:
    app = page("stores", chain.lake, year="2024", month="May", one="4 Rouen")
    formats = {row["store_id"]: row["format"] for row in stores_of(chain)}
    stores = report(chain, "2024-05-01 2024-05-31")["stores"]
    peers = [each for each in stores if formats[each["store_id"]] == formats[4]]
    here = next(each for each in stores if each["store_id"] == 4)

    def middle(name: str) -> str:
        found = statistics.median(Decimal(each[name]) for each in peers)
        return euros(str(found.quantize(CENT, ROUND_HALF_UP)))

    def share(name: str) -> str:
        return percent(statistics.median(each[name] for each in peers))

    visitors = statistics.median(each["average_visitors"] for each in peers)
    assert app.table[0].value.to_numpy().tolist() == [
        ["Net sales", euros(here["net_sales"]), middle("net_sales")],
        ["Margin rate", percent(here["gross_margin_share"]), share("gross_margin_share")],
        ["Conversion", percent(here["conversion_rate"]), share("conversion_rate")],
        ["Average ticket", euros(here["average_ticket"]), middle("average_ticket")],
        ["Sales per visitor", euros(here["sales_per_visitor"]), middle("sales_per_visitor")],
        [
            "Visitors per open store-day",
            str(tenths(here["average_visitors"])),
            str(tenths(visitors)),
        ],
    ]
    assert list(app.table[0].value)[2] == f"Median of {len(peers)} × {formats[4]}"


def lines(app: Any) -> dict[str, dict[str, float]]:
    """The lines of the trend: amounts by day, by name."""
    drawn = json.loads(app.get("plotly_chart")[0].proto.spec)["data"]
    return {line["name"]: dict(zip(line["x"], line["y"], strict=True)) for line in drawn}


def test_a_short_trend_has_a_point_a_day_that_is_what_report_says(chain: Made) -> None:
    trend = lines(page("overview", chain.lake, year="2024", month="November"))
    now, earlier = trend["This period"], trend["364 days earlier, same weekdays"]
    assert list(now) == [f"2024-11-{day:02}" for day in range(1, 31)]
    total = report(chain, "2024-11-01 2024-11-30")["total"]["net_sales"]
    assert round(sum(now.values()), 2) == float(total)
    for day, before in (("2024-11-08", "2023-11-10"), ("2024-11-30", "2023-12-02")):
        assert now[day] == float(report(chain, f"{day} {day}")["total"]["net_sales"])
        assert earlier[day] == float(report(chain, f"{before} {before}")["total"]["net_sales"])
    four_weeks = report(chain, "2024-10-12 2024-11-08")["total"]["net_sales"]
    mean = trend["4-week average"]["2024-11-08"]
    assert mean == pytest.approx(float(four_weeks) / 28)


def test_a_long_trend_has_whole_weeks_only(chain: Made) -> None:
    trend = lines(page("overview", chain.lake, year="2024"))
    now, earlier = trend["This period"], trend["364 days earlier, same weekdays"]
    assert (min(now), max(now), len(now)) == ("2024-01-01", "2024-12-23", 52)
    for monday, sunday in (("2024-01-01", "2024-01-07"), ("2024-12-23", "2024-12-29")):
        week = report(chain, f"{monday} {sunday}")["total"]["net_sales"]
        assert now[monday] == float(week)
    assert earlier["2024-09-23"] is None  # 25 September 2023: the data begins a week later
    week = report(chain, "2023-10-02 2023-10-08")["total"]["net_sales"]
    assert earlier["2024-09-30"] == float(week)
    mean = report(chain, "2024-01-01 2024-01-28")["total"]["net_sales"]
    assert trend["4-week average"]["2024-01-22"] == pytest.approx(float(mean) / 4)


def test_visitors_by_hour_are_of_an_average_store_and_day(chain: Made) -> None:
    app = page("overview", chain.lake, year="2024", month="March", region="Bretagne")
    heat = json.loads(app.get("plotly_chart")[1].proto.spec)["data"][0]
    table = of_months(of_stores(gold(chain, "store_hour"), 1, 2, 3), "2024-03").to_pylist()
    days = {(row["store_id"], row["weekday"]): row["occurrences"] for row in table}
    for day in range(1, 8):
        whole = sum(count for (_, weekday), count in days.items() if weekday == day)
        for hour, shown in zip(heat["x"], heat["z"][day - 1], strict=True):
            visitors = sum(
                row["visitors"] or 0
                for row in table
                if (row["weekday"], row["hour"]) == (day, hour)
            )
            assert shown == about(visitors / whole if whole else None)


def test_a_number_is_written_the_french_way_in_french(chain: Made) -> None:
    total = report(chain, "2024-03-01 2024-03-31")["total"]
    app = page("overview", chain.lake, year="2024", month="Mars", lang="FR")
    value = metrics(app)["Chiffre d’affaires net"][0]
    assert re.sub(r"\s", "", value) == f"{total['net_sales'].replace('.', ',')}€"
