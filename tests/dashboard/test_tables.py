"""Tables of products, customers and the pipeline: sums of the published Parquet objects."""

import datetime as dt
import json
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pytest
from answers import CENT, about, gold, moved, of_months, of_stores, percent, report, summed, written
from conftest import Made
from shown import metrics, page, rows

pytestmark = pytest.mark.dashboard

SOLD = ("net_sales", "cogs", "units")


def sold_rows(
    column: str, now: dict[Any, Any], earlier: dict[Any, Any], ended: dict[Any, Any]
) -> dict[Any, dict[str, Any]]:
    """Rows of the tables of categories and products."""
    whole = sum(sums["net_sales"] for sums in now.values())
    made = {}
    for key, sums in now.items():
        margin = sums["net_sales"] - sums["cogs"]
        change = moved(ended.get(key, {}).get("net_sales"), earlier.get(key, {}).get("net_sales"))
        made[key] = {
            column: key,
            "Net sales": float(sums["net_sales"]),
            "Share": about(float(sums["net_sales"] / whole)),
            "Change": about(change),
            "Gross margin": float(margin),
            "Margin rate": about(float(margin / sums["net_sales"]) if sums["net_sales"] else None),
            "Units": sums["units"],
        }
    return made


PRODUCT_CASES = {
    "a month": ({"year": "2024", "month": "March"}, ["2024-03"], ["2024-03"], ["2024-02"]),
    "a running year": (
        {"region": "Normandie"},
        ["2025-01", "2025-02", "2025-03"],
        ["2025-01", "2025-02"],
        ["2024-01", "2024-02"],
    ),
    "nothing to compare with": ({"year": "2023"}, ["2023-10", "2023-11", "2023-12"], [], []),
}


@pytest.mark.parametrize(
    ("address", "now", "ended", "before"), PRODUCT_CASES.values(), ids=list(PRODUCT_CASES)
)
def test_categories_and_products_are_sums_of_the_published_months(
    chain: Made, address: dict[str, Any], now: list[str], ended: list[str], before: list[str]
) -> None:
    app = page("products", chain.lake, **address)
    mine = [4, 5, 6] if "region" in address else list(range(1, 9))
    categories = of_stores(gold(chain, "store_category_month"), *mine)
    expected = sold_rows(
        "Category",
        *(
            summed(of_months(categories, *months), "category", *SOLD)
            for months in (now, before, ended)
        ),
    )
    shown = rows(app, "Category")
    assert {row["Category"]: row for row in shown} == expected
    assert [row["Net sales"] for row in shown] == sorted(
        (row["Net sales"] for row in expected.values()), reverse=True
    )

    first = shown[0]["Category"]
    assert app.selectbox(key="category").value == first
    names = {
        row["product_id"]: row["name"]
        for row in ds.dataset(chain.lake / "clean" / "product").to_table().to_pylist()
        if row["category"] == first
    }
    products = of_stores(gold(chain, "product_month"), *mine)
    products = products.filter(
        pc.is_in(products["product_id"], pa.array(names, products["product_id"].type))
    )
    expected = sold_rows(
        "Product",
        *(
            summed(of_months(products, *months), "product_id", *SOLD)
            for months in (now, before, ended)
        ),
    )
    shown = sorted(rows(app, "Product"), key=str)
    assert shown == sorted(
        ({**row, "Product": names[key]} for key, row in expected.items()), key=str
    )


def test_promotions_of_the_period_are_those_published(chain: Made) -> None:
    app = page("products", chain.lake, year="2024", month="March")
    clean = {
        row["promo_id"]: row
        for row in ds.dataset(chain.lake / "clean" / "promotion").to_table().to_pylist()
    }
    names = {
        row["product_id"]: row["name"]
        for row in ds.dataset(chain.lake / "clean" / "product").to_table().to_pylist()
    }
    expected = []
    for row in gold(chain, "promotion_result").to_pylist():
        promotion = clean[row["promo_id"]]
        if promotion["starts_on"] > dt.date(2024, 3, 31) or promotion["ends_on"] < dt.date(
            2024, 3, 1
        ):
            continue
        a_week = row["units_on"] / row["weeks_on"] if row["weeks_on"] else None
        base = row["units_baseline"]
        uplift = a_week / float(base) - 1 if a_week is not None and base else None
        days = (promotion["starts_on"], promotion["ends_on"])
        expected.append(
            {
                "Product": names[row["product_id"]],
                "Kind": promotion["kind"],
                "Discount": about(
                    None if promotion["depth_pct"] is None else promotion["depth_pct"] / 100
                ),
                "Promotion": " – ".join(written(day.isoformat()) for day in days),
                "Units a week on it": about(a_week),
                "Units a week without": about(None if base is None else float(base)),
                "Uplift": about(uplift),
                "Net sales": float(row["net_sales"]),
            }
        )
    frame = next(f.value for f in app.dataframe if "Uplift" in f.value)
    shown = frame.astype(object).where(frame.notna(), None).to_dict("records")
    assert 0 < len(expected) < 200, "all of them are shown"

    def key(row: dict[str, Any]) -> tuple[Any, ...]:
        return row["Product"], row["Promotion"], row["Kind"], row["Net sales"]

    assert sorted(shown, key=key) == sorted(expected, key=key)
    uplifts = [row["Uplift"] for row in shown if row["Uplift"] is not None]
    assert uplifts == sorted(uplifts, reverse=True)


SEGMENTS = {
    "Champions": "CHAMPION",
    "Loyal": "LOYAL",
    "New": "NEW",
    "At risk": "AT_RISK",
    "Lost": "LOST",
    "Other": "OTHER",
}


def test_segments_are_sums_of_all_customers(chain: Made) -> None:
    shown = rows(page("customers", chain.lake, year="2024", month="March"), "Segment")
    everyone = gold(chain, "customer_rfm").to_pylist()
    whole = sum(row["net_sales"] for row in everyone)
    assert [row["Segment"] for row in shown] == list(SEGMENTS)
    for row in shown:
        mine = [each for each in everyone if each["segment"] == SEGMENTS[row["Segment"]]]
        sales = sum((each["net_sales"] for each in mine), Decimal(0))
        tickets = sum(each["transactions"] for each in mine)
        average = (sales / tickets).quantize(CENT, ROUND_HALF_UP) if tickets else None
        assert row == {
            "Segment": row["Segment"],
            "Customers": len(mine),
            "Net sales": float(sales),
            "Share": about(float(sales / whole)),
            "Average ticket": None if average is None else float(average),
        }


def test_new_and_returning_customers_are_those_of_the_chosen_stores(chain: Made) -> None:
    shown = rows(page("customers", chain.lake, year="2023", region="Bretagne"), "Month")
    table = of_stores(gold(chain, "customer_month"), 1, 2, 3)
    sums = summed(table, "month", "new_customers", "returning_customers")
    assert shown == [
        {
            "Month": month,
            "New": sums[month]["new_customers"],
            "Returning": sums[month]["returning_customers"],
        }
        for month in ("2023-10", "2023-11", "2023-12")
    ]


def test_basket_sizes_are_shares_of_all_tickets(chain: Made) -> None:
    app = page("customers", chain.lake, year="2024", month="March", store=["7 Saint-Denis"])
    table = of_months(of_stores(gold(chain, "basket_size_month"), 7), "2024-03")
    sums = summed(table, "lines_bucket", "transactions")
    whole = report(chain, "2024-03-01 2024-03-31", "--store", 7)["total"]["transactions"]
    expected = []
    for bucket in ("1", "2-3", "4-6", "7-10", "11-20", "21+"):
        count = sums.get(bucket, {"transactions": 0})["transactions"]
        expected.append(
            {"Lines on the ticket": bucket, "Tickets": count, "Share": about(count / whole)}
        )
    assert rows(app, "Lines on the ticket") == expected


def test_quality_is_of_the_rows_delivered_in_the_period(chain: Made) -> None:
    app = page("pipeline", chain.lake, year="2024", month="March")
    mine = [
        row
        for row in gold(chain, "data_quality_day").to_pylist()
        if row["feed_date"] is None or f"{row['feed_date']}".startswith("2024-03")
    ]

    def total(name: str) -> int:
        return sum(row[name] for row in mine)

    assert {label: value for label, (value, _) in metrics(app).items()} == {
        "Rows accepted": percent(total("accepted") / total("rows_in")),
        "Refused": f"{total('quarantined'):,}",
        "Repaired": f"{total('repaired'):,}",
        "Duplicates": f"{total('duplicates'):,}",
    }
    reasons: dict[tuple[str, str], list[int]] = {}
    for row in mine:
        if row["rule"] != "delivered":
            sums = reasons.setdefault((row["rule"], row["table_name"]), [0, 0, 0])
            for at, name in enumerate(("repaired", "quarantined", "duplicates")):
                sums[at] += row[name]
    assert {
        (row["Rule"], row["Table"]): [row["Repaired"], row["Refused"], row["Duplicates"]]
        for row in rows(app, "Rule")
    } == {key: sums for key, sums in reasons.items() if any(sums)}


def test_the_pipeline_shows_what_the_run_recorded(chain: Made) -> None:
    app = page("pipeline", chain.lake)
    stages = ("simulate", "extract", "validate", "transform")
    records = [
        json.loads((chain.lake / "_runs" / "first" / f"{stage}.json").read_text())
        for stage in stages
    ]
    (run,) = rows(app, "Run")
    assert run["Run"] == "first"
    assert run["Outcome"] == "succeeded"
    assert run["Stages"] == ", ".join(stages)
    assert run["Duration"] == about(sum(record["seconds"] for record in records))
    expected = [
        {
            "Stage": record["stage"],
            "Table": table,
            **{
                label: facts.get(name, 0)
                for label, name in (
                    ("Rows in", "rows_in"),
                    ("Rows out", "rows_out"),
                    ("Refused", "quarantined"),
                    ("Repaired", "repaired"),
                    ("Duplicates", "duplicates"),
                )
            },
        }
        for record in records
        for table, facts in record["tables"].items()
        if facts.get("rows_in") or facts.get("rows_out")
    ]
    assert rows(app, "Stage") == expected
