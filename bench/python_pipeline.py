"""The usual Python pipeline, as tutorials build it, doing the work of `retailsim run`:

Faker and random make receipts -> JSON files -> a Flask API -> requests, page by page -> pandas
cleans -> pyarrow writes Parquet -> pandas computes the KPIs of every store and day.

    python bench/python_pipeline.py FOLDER [--days 240]

Ten stores, 3,000 products and about 42 receipts of about ten lines a store and day, the shape of
scenarios/quickstart.toml. Prints one line of JSON with what it did; fails when the KPIs do not add
up to what was generated. (Its CPU seconds are taken from outside, server included.)
"""

import argparse
import datetime
import json
import pathlib
import random
import socket
import subprocess
import sys
import time

import flask
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import requests
from faker import Faker

STORES, PRODUCTS, CUSTOMERS = 10, 3_000, 1_850
FIRST_DAY = datetime.date(2024, 1, 1)
PAGE = 500


def generate(folder: pathlib.Path, days: int) -> tuple[int, int]:
    """Writes one JSON file a day; returns the number of lines and the net sales in cents."""
    random.seed(7)
    Faker.seed(7)
    fake = Faker()
    stores = [{"store_id": i + 1, "city": fake.city()} for i in range(STORES)]
    customers = [{"customer_id": i + 1, "name": fake.name()} for i in range(CUSTOMERS)]
    products = [
        {"product_id": i + 1, "name": fake.word(), "price": random.randint(50, 2_000)}
        for i in range(PRODUCTS)
    ]
    for name, rows in (("stores", stores), ("customers", customers), ("products", products)):
        (folder / f"{name}.json").write_text(json.dumps(rows))

    lines_made = net_made = transaction_id = 0
    for day in range(days):
        date = FIRST_DAY + datetime.timedelta(days=day)
        receipts = []
        for store in stores:
            for _ in range(random.randint(32, 52)):
                transaction_id += 1
                lines = []
                for number in range(1, random.randint(4, 16) + 1):
                    product = random.choice(products)
                    quantity = random.choice((1, 1, 1, 2, 3))
                    gross = quantity * product["price"]
                    discount = gross // 5 if random.random() < 0.2 else 0
                    lines.append(
                        {
                            "line_number": number,
                            "product_id": product["product_id"],
                            "quantity": quantity,
                            "list_price": product["price"] / 100,
                            "gross": gross / 100,
                            "discount": discount / 100,
                            "net": (gross - discount) / 100,
                            "unit_cost": product["price"] * 7 // 10 / 100,
                            "tax": round((gross - discount) * 0.2) / 100,
                        }
                    )
                    lines_made += 1
                    net_made += gross - discount
                customer = random.choice(customers) if random.random() < 0.7 else {}
                hour, minute = random.randint(8, 19), random.randint(0, 59)
                receipts.append(
                    {
                        "transaction_id": transaction_id,
                        "store_id": store["store_id"],
                        "business_date": date.isoformat(),
                        "begin_at": f"{date.isoformat()}T{hour:02}:{minute:02}:00Z",
                        "kind": "SALE",
                        "channel": "STORE",
                        "customer_id": customer.get("customer_id"),
                        "tender": random.choice(("CARD", "CASH")),
                        "lines": lines,
                    }
                )
        (folder / f"{date.isoformat()}.json").write_text(json.dumps(receipts))
    return lines_made, net_made


def serve(folder: pathlib.Path, port: int) -> None:
    """The API: one day's receipts, page by page."""
    app = flask.Flask(__name__)
    loaded: dict[str, list] = {}

    @app.get("/transactions")
    def transactions() -> flask.Response:
        date, page = flask.request.args["date"], int(flask.request.args["page"])
        if date not in loaded:
            loaded.clear()
            loaded[date] = json.loads((folder / f"{date}.json").read_text())
        rows = loaded[date]
        return flask.jsonify(
            data=rows[(page - 1) * PAGE : page * PAGE], pages=-(-len(rows) // PAGE)
        )

    app.run(port=port)


def extract(url: str, date: str) -> list[dict]:
    rows, page, pages = [], 1, 1
    while page <= pages:
        answer = requests.get(url, params={"date": date, "page": page}, timeout=30)
        answer.raise_for_status()
        body = answer.json()
        rows += body["data"]
        pages = body["pages"]
        page += 1
    return rows


def clean(rows: list[dict]) -> pd.DataFrame:
    # A plain loop: pandas' own json_normalize would double the time of the whole pipeline.
    header = ("transaction_id", "store_id", "business_date", "begin_at", "kind", "customer_id")
    lines = pd.DataFrame(
        [
            {**{name: receipt[name] for name in header}, **line}
            for receipt in rows
            for line in receipt["lines"]
        ]
    )
    lines["business_date"] = pd.to_datetime(lines["business_date"])
    lines["begin_at"] = pd.to_datetime(lines["begin_at"])
    lines = lines.astype({"transaction_id": "int64", "store_id": "int64", "kind": "category"})
    lines["customer_id"] = lines["customer_id"].astype("Int64")
    lines = lines.dropna(subset=["product_id", "quantity", "net"])
    lines = lines.drop_duplicates(["transaction_id", "line_number"])
    return lines[(lines["quantity"] > 0) & (lines["net"] >= 0)]


def kpis(lines: pd.DataFrame) -> pd.DataFrame:
    lines["cost"] = lines["unit_cost"] * lines["quantity"]
    by_day = lines.groupby(["store_id", "business_date"]).agg(
        gross_sales=("gross", "sum"),
        discounts=("discount", "sum"),
        net_sales=("net", "sum"),
        cogs=("cost", "sum"),
        tax=("tax", "sum"),
        transactions=("transaction_id", "nunique"),
        units=("quantity", "sum"),
    )
    by_day["average_ticket"] = by_day["net_sales"] / by_day["transactions"]
    return by_day.reset_index()


def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    sys.exit("the Flask server did not come up")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--days", type=int, default=240)
    parser.add_argument("--serve", type=int, help="only serve the folder, on this port")
    options = parser.parse_args()
    if options.serve:
        serve(options.folder, options.serve)
        return

    feed, lake = options.folder / "data_api", options.folder / "lake"
    for folder in (feed, lake):
        folder.mkdir(parents=True, exist_ok=True)
    lines_made, net_made = generate(feed, options.days)

    port = free_port()
    command = [sys.executable, __file__, str(feed), "--serve", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        for day in range(options.days):
            date = (FIRST_DAY + datetime.timedelta(days=day)).isoformat()
            lines = clean(extract(f"http://127.0.0.1:{port}/transactions", date))
            table = pa.Table.from_pandas(lines, preserve_index=False)
            pq.write_table(table, lake / f"{date}.parquet", compression="zstd")
    finally:
        server.terminate()
        server.wait()

    lines = pd.concat([pd.read_parquet(file) for file in sorted(lake.glob("*.parquet"))])
    by_day = kpis(lines)
    by_day.to_parquet(options.folder / "store_day.parquet")

    net = round(by_day["net_sales"].sum() * 100)
    if (len(lines), net) != (lines_made, net_made):
        sys.exit(f"wrong result: {len(lines)} lines, {net} cents; {lines_made}, {net_made} made")
    print(json.dumps({"lines": len(lines), "store_days": len(by_day), "net_sales": net / 100}))


if __name__ == "__main__":
    main()
