"""Ten hand-written receipts (tests/golden/ten_receipts) and their KPIs, worked out on paper.

SQL and C++ by one hand share that hand's mistakes; these literals were added up by neither.
Amounts are in cents. Three stores, one opened on 3 February and one closed after 31 January;
the feed runs from 30 January to 2 March 2024, over a leap day.

  101  store 1  30 Jan  sale          2 butter, 1 wine
  102  store 3  30 Jan  sale          3 postcards (zero-rated), 1 butter (tax 16.5 cents -> 17)
  103  store 1  31 Jan  online sale   1 coffee, 2 batteries (cost unknown); delivered in February
  104  store 3  31 Jan  return        1 postcard of 102
  105  store 1   5 Feb  sale          on promotion: 1 wine, 3 coffee
  106  store 2   5 Feb  sale          1 batteries: no cost known that day
  107  store 1  14 Feb  return        the wine of 101, a month later; delivered on 16 February
  108  store 2  29 Feb  click&collect 3 butter, tax unknown
  109  store 2   1 Mar  sale          1 postcard given away, 1 butter
  the last  store 1  2 Mar  return    2 of the 3 coffees of 105; its id is 2^53 - 1
"""

import datetime
import json
import shutil
from decimal import Decimal

import pytest
import remake_manifest
from harness import CHECKOUT, KPI_TABLES, Feed, Lake, add_kpis, retailsim

RECEIPTS = CHECKOUT / "tests" / "golden" / "ten_receipts"

# (store, day): is_open, gross_sales, discounts, returns, net_sales, cogs, tax,
#               transactions, return_transactions, visit_transactions, units, visitors
DAYS_WITH_SOMETHING = {
    # 101: gross 470 + 890, cogs 2 x 160 + 510, tax 26 + 178. Two visits, one of them bought.
    (1, "2024-01-30"): (True, 1360, 0, 0, 1360, 830, 204, 1, 0, 1, 3, 2),
    # 103, online only: nobody came, so the shop counts as closed.
    # gross 649 + 1450, 50 off, cogs 405 for the coffee alone, tax 36 + 280.
    (1, "2024-01-31"): (False, 2099, 50, 0, 2049, 405, 316, 1, 0, 0, 3, 0),
    # 105: gross 890 + 1947, off 178 + 389, cogs 510 + 3 x 405, tax 142 + 86.
    (1, "2024-02-05"): (True, 2837, 567, 0, 2270, 1725, 228, 1, 0, 1, 4, 1),
    # 107: only money back. The visit opens the day; it did not end in a purchase.
    (1, "2024-02-14"): (True, 0, 0, 890, -890, -510, -178, 0, 1, 0, -1, 1),
    # the last: 1298 gross, 259 off: net 1039 back. Discounts are of sales only. cogs 2 x 405.
    (1, "2024-03-02"): (False, 0, 0, 1039, -1039, -810, -57, 0, 1, 0, -2, 0),
    # 106: no line with a cost, so cogs is absent, not 0. Two visits, one bought.
    (2, "2024-02-05"): (True, 740, 0, 0, 740, None, 148, 1, 0, 1, 1, 2),
    # A visit and no sale: open, all sums 0, and nothing to take cogs or tax from.
    (2, "2024-02-10"): (True, 0, 0, 0, 0, None, None, 0, 0, 0, 0, 1),
    # 108: collected, not bought in the store; its tax is unknown. cogs 3 x 160.
    (2, "2024-02-29"): (False, 735, 0, 0, 735, 480, None, 1, 0, 0, 3, 0),
    # 109: gross 125 + 245, 125 off, cogs 85 + 160, tax 0 + 13.
    (2, "2024-03-01"): (True, 370, 125, 0, 245, 245, 13, 1, 0, 1, 2, 1),
    # 102: gross 360 + 300, cogs 3 x 85 + 160, tax 0 + 17.
    (3, "2024-01-30"): (True, 660, 0, 0, 660, 415, 17, 1, 0, 1, 4, 1),
    # 104: a return alone does not open a store. Zero tax taken back is zero.
    (3, "2024-01-31"): (False, 0, 0, 120, -120, -85, 0, 0, 1, 0, -1, 0),
}
NOTHING = (False, 0, 0, 0, 0, None, None, 0, 0, 0, 0, 0)

# (store, month): open_days, then as above from gross_sales
MONTHS = {
    # 1360 + 2099, 50; 3459 - 50; 830 + 405; 204 + 316
    (1, "2024-01"): (1, 3459, 50, 0, 3409, 1235, 520, 2, 0, 1, 6, 2),
    # 2837 - 567 - 890; 1725 - 510; 228 - 178; units 4 - 1
    (1, "2024-02"): (2, 2837, 567, 890, 1380, 1215, 50, 1, 1, 1, 3, 2),
    (1, "2024-03"): (0, 0, 0, 1039, -1039, -810, -57, 0, 1, 0, -2, 0),
    # 740 + 735; cogs of 108 and tax of 106 alone; visits 2 + 1
    (2, "2024-02"): (2, 1475, 0, 0, 1475, 480, 148, 2, 0, 1, 4, 3),
    (2, "2024-03"): (1, 370, 125, 0, 245, 245, 13, 1, 0, 1, 2, 1),
    # 660 - 120; 415 - 85; units 4 - 1
    (3, "2024-01"): (1, 660, 0, 120, 540, 330, 17, 1, 1, 1, 3, 1),
}

# store, day, hour: visitors, visit_transactions, transactions, net_sales
HOURS = [
    (1, "2024-01-30", 9, 1, 1, 1, 1360),  # 101 and its visit
    (1, "2024-01-30", 10, 1, 0, 0, 0),  # a look round
    (1, "2024-01-31", 22, 0, 0, 1, 2049),  # 103, online
    (1, "2024-02-05", 17, 1, 1, 1, 2270),  # 105
    (1, "2024-02-14", 11, 1, 0, 0, -890),  # 107: a return is no transaction here
    (1, "2024-03-02", 10, 0, 0, 0, -1039),  # the last
    (2, "2024-02-05", 12, 2, 1, 1, 740),  # 106, and a look round in the same hour
    (2, "2024-02-10", 15, 1, 0, 0, 0),
    (2, "2024-02-29", 20, 0, 0, 1, 735),  # 108
    (2, "2024-03-01", 8, 1, 1, 1, 245),  # 109
    (3, "2024-01-30", 18, 1, 1, 1, 660),  # 102
    (3, "2024-01-31", 11, 0, 0, 0, -120),  # 104
]

# store, month, weekday, hour: occurrences, then as above. 5 February was a Monday. Each weekday
# occurs at most once, and not at all where the store was closed on it: see is_open above.
WEEKS = [
    (1, "2024-01", 2, 9, 1, 1, 1, 1, 1360),
    (1, "2024-01", 2, 10, 1, 1, 0, 0, 0),
    (1, "2024-01", 3, 22, 0, 0, 0, 1, 2049),
    (1, "2024-02", 1, 17, 1, 1, 1, 1, 2270),
    (1, "2024-02", 3, 11, 1, 1, 0, 0, -890),
    (1, "2024-03", 6, 10, 0, 0, 0, 0, -1039),
    (2, "2024-02", 1, 12, 1, 2, 1, 1, 740),
    (2, "2024-02", 4, 20, 0, 0, 0, 1, 735),
    (2, "2024-02", 6, 15, 1, 1, 0, 0, 0),
    (2, "2024-03", 5, 8, 1, 1, 1, 1, 245),
    (3, "2024-01", 2, 18, 1, 1, 1, 1, 660),
    (3, "2024-01", 3, 11, 0, 0, 0, 0, -120),
]

# store, month, product: net_sales, cogs, units, discounts
PRODUCTS = [
    (1, "2024-01", 11, 470, 320, 2, 0),
    (1, "2024-01", 12, 890, 510, 1, 0),
    (1, "2024-01", 14, 1400, None, 2, 50),  # batteries: 1450, 50 off, no cost known
    (1, "2024-01", 15, 649, 405, 1, 0),
    # One bottle sold for 712 (105), one taken back for 890 (107): 0 units, cogs 510 - 510.
    (1, "2024-02", 12, -178, 0, 0, 178),
    (1, "2024-02", 15, 1558, 1215, 3, 389),
    (1, "2024-03", 15, -1039, -810, -2, 0),
    (2, "2024-02", 11, 735, 480, 3, 0),
    (2, "2024-02", 14, 740, None, 1, 0),
    (2, "2024-03", 11, 245, 160, 1, 0),
    (2, "2024-03", 13, 0, 85, 1, 125),  # given away
    (3, "2024-01", 11, 300, 160, 1, 0),
    (3, "2024-01", 13, 240, 170, 2, 0),  # 3 - 1 postcards: 360 - 120; 3 x 85 - 85
]
# Each product is the only one of its category.
CATEGORY = {11: "DAIRY", 12: "WINE", 13: "PAPER", 14: "BATTERIES", 15: "COFFEE"}

# customer: recency_days, transactions, net_sales, segment. The data ends on 2 March.
CUSTOMERS = [
    # 101 and 105 less 107 and the last: 1360 + 2270 - 890 - 1039. Last sale on 5 February, 24
    # days before the 29th and 26 before the end. Nobody is worse in anything: 1, 1, 1.
    (901, 26, 2, 1701, "LOST"),
    # 103, 106, 108: 2049 + 740 + 735; the last on 29 February. One of two customers is worse:
    # 5 x 1 / 2 is 2 whole fifths, so 3, 3, 3.
    (902, 2, 3, 3524, "LOYAL"),
]

# store, month: new, returning
CUSTOMER_MONTHS = [
    (1, "2024-01", 2, 0),  # 901 with 101, 902 with 103
    (1, "2024-02", 0, 1),  # 901 with 105
    (2, "2024-02", 0, 1),  # 902 with 106 and 108: new to the store, not to the chain
]

# store, month, bucket: sale receipts
BASKETS = [
    (1, "2024-01", "2-3", 2),  # 101 and 103
    (1, "2024-02", "2-3", 1),  # 105; 107 is a return
    (2, "2024-02", "1", 2),  # 106 and 108
    (2, "2024-03", "2-3", 1),  # 109
    (3, "2024-01", "2-3", 1),  # 102
]

# promotion, product: weeks_on, units_on, units_baseline (in hundredths), discount, net_sales.
# From Tuesday, 30 January, to Saturday, 2 March, the whole weeks begin on 5, 12 and 19 February.
PROMOTIONS = [
    # 501, the week of 5 February: 105. No whole week lies before it.
    (501, 12, 1, 1, None, 178, 712),
    (501, 15, 1, 3, None, 389, 1558),
    # 503 from 19 February to 3 March: one whole week, in which nothing was sold. The wine was on
    # 501 in the week of the 5th; in that of the 12th one bottle came back (107): -1 a week.
    (503, 12, 1, 0, -100, 0, 0),
    # Two weeks without a postcard are no postcards a week. (109 is of 1 March.)
    (503, 13, 1, 0, 0, 0, 0),
]


def days_of_stores():
    """Every day on which each store existed, within 30 January to 2 March."""
    first, last = datetime.date(2024, 1, 30), datetime.date(2024, 3, 2)
    opened, closed = {2: datetime.date(2024, 2, 3)}, {3: datetime.date(2024, 1, 31)}
    for store in (1, 2, 3):
        day = max(first, opened.get(store, first))
        while day <= min(last, closed.get(store, last)):
            yield store, day
            day += datetime.timedelta(days=1)


def money(cents):
    return None if cents is None else Decimal(cents) / 100


def expected_days():
    for store, day in days_of_stores():
        is_open, *sums = DAYS_WITH_SOMETHING.get((store, day.isoformat()), NOTHING)
        yield store, day, is_open, *(money(cents) for cents in sums[:6]), *sums[6:]


def expected_months():
    for (store, month), (open_days, *sums) in MONTHS.items():
        yield store, month, open_days, *(money(cents) for cents in sums[:6]), *sums[6:]


def date(text):
    return datetime.date.fromisoformat(text)


def category_rows():
    for store, month, product, net, cogs, units, discounts in PRODUCTS:
        yield (
            store,
            month,
            CATEGORY[product],
            money(net),
            money(cogs),
            units,
            money(discounts),
            None,
            None,
        )


# table, feed date: rows delivered, all of them accepted. 103 was made the day before.
DELIVERED = [
    ("customer", None, 2),
    ("price", None, 15),
    ("product", None, 5),
    ("promotion", None, 3),
    ("promotion_product", None, 4),  # 2 + 0 + 2
    ("store", None, 3),
    ("transaction", "2024-01-30", 2),  # 101, 102
    ("transaction", "2024-01-31", 1),  # 104
    ("transaction", "2024-02-01", 1),  # 103
    ("transaction", "2024-02-05", 2),  # 105, 106
    ("transaction", "2024-02-16", 1),  # 107
    ("transaction", "2024-02-29", 1),  # 108
    ("transaction", "2024-03-01", 1),  # 109
    ("transaction", "2024-03-02", 1),  # the last
    ("transaction_line", "2024-01-30", 4),
    ("transaction_line", "2024-01-31", 1),
    ("transaction_line", "2024-02-01", 2),
    ("transaction_line", "2024-02-05", 3),
    ("transaction_line", "2024-02-16", 1),
    ("transaction_line", "2024-02-29", 1),
    ("transaction_line", "2024-03-01", 2),
    ("transaction_line", "2024-03-02", 1),
    ("visit", "2024-01-30", 3),
    ("visit", "2024-02-05", 3),
    ("visit", "2024-02-10", 1),
    ("visit", "2024-02-14", 1),
    ("visit", "2024-03-01", 1),
]

# What paper says of each table.
EXPECTED = {
    "store_day": list(expected_days()),
    "store_month": list(expected_months()),
    "store_date_hour": [
        (store, date(day), hour, *counts, money(net)) for store, day, hour, *counts, net in HOURS
    ],
    "store_hour": [(*row[:-1], money(row[-1])) for row in WEEKS],
    "product_month": [
        (*at, money(net), money(cogs), units, money(discounts), None, None)  # no stock
        for *at, net, cogs, units, discounts in PRODUCTS
    ],
    "store_category_month": sorted(category_rows()),
    "customer_rfm": [(*row[:3], money(row[3]), row[4]) for row in CUSTOMERS],
    "customer_month": CUSTOMER_MONTHS,
    "basket_size_month": BASKETS,
    "data_quality_day": [
        (table, day and date(day), "delivered", rows, rows, 0, 0, 0)
        for table, day, rows in DELIVERED
    ],
    "promotion_result": [
        (*row[:4], money(row[4]), money(row[5]), money(row[6])) for row in PROMOTIONS
    ],
}


@pytest.fixture(scope="module")
def by_sql():
    feed = Feed(RECEIPTS)
    connection = feed.open()
    add_kpis(connection, feed)
    return connection


@pytest.fixture(scope="module")
def by_pipeline(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ten_receipts") / "lake"
    retailsim("extract", "--data", RECEIPTS, "--lake", folder)
    retailsim("transform", "--lake", folder)
    lake = Lake(folder)
    assert lake.quarantined() == 0
    connection = lake.open()
    for table in KPI_TABLES:
        lake.view(connection, "gold", table, table)
    return connection


def rows_of(connection, table):
    return connection.execute(f"FROM {table} ORDER BY ALL").fetchall()


def test_33_days_are_64_store_days():
    # store 1: 2 + 29 + 2 days; store 2: 27 + 2, from 3 February; store 3: 30 and 31 January
    assert len(list(days_of_stores())) == 33 + 29 + 2


def test_paper_knows_every_gold_table():
    assert set(EXPECTED) == set(KPI_TABLES)


@pytest.mark.parametrize("table", EXPECTED)
def test_sql_says_what_paper_says(table, by_sql):
    assert rows_of(by_sql, table) == EXPECTED[table]


@pytest.mark.parametrize("table", EXPECTED)
def test_the_pipeline_says_what_paper_says(table, by_pipeline):
    assert rows_of(by_pipeline, table) == EXPECTED[table]


REFUSED = [
    ("visit", datetime.date(2024, 3, 5), "delivered", 1, 0, 0, 0, 0),
    ("visit", datetime.date(2024, 3, 5), "orphan", 0, 0, 0, 1, 0),
]


def sorted_rows(rows):
    """As rows_of sorts them: what is null comes last."""
    return sorted(rows, key=lambda row: [(value is None, value) for value in row])


def test_days_that_clean_refuses_are_no_days_of_the_data(tmp_path):
    # What raw says of itself reaches to 5 March, but nothing of that day is left in clean.
    feed, folder = tmp_path / "feed", tmp_path / "lake"
    shutil.copytree(RECEIPTS, feed)
    visit = json.loads((feed / "visit" / "2024-03-01.ndjson").read_text())
    visit |= {"visit_id": 299, "store_id": 99, "business_date": "2024-03-05"}
    (feed / "visit" / "2024-03-05.ndjson").write_text(json.dumps(visit) + "\n")
    (feed / "manifest.json").write_text(remake_manifest.manifest_of(feed))
    retailsim("extract", "--data", feed, "--lake", folder)
    retailsim("transform", "--lake", folder)
    lake = Lake(folder)
    assert lake.quarantined() == 1
    assert (folder / "quarantine/visit/stage=clean/2024-03/part-0.parquet").is_file()
    connection = lake.open()
    for table in KPI_TABLES:
        lake.view(connection, "gold", table, table)
        more = REFUSED if table == "data_quality_day" else []
        assert rows_of(connection, table) == sorted_rows(EXPECTED[table] + more), table
    before = lake.objects()
    answer = retailsim("transform", "--lake", folder)
    assert "nothing to do" in (answer.stdout + answer.stderr).lower()
    assert lake.objects() == before


def test_a_late_receipt_is_filed_under_the_month_it_was_made_in(by_pipeline):
    # 103 was made on 31 January and delivered on 1 February
    january = by_pipeline.execute(
        "SELECT transaction_id FROM transaction WHERE business_date < '2024-02-01' ORDER BY 1"
    ).fetchall()
    assert january == [(101,), (102,), (103,), (104,)]


def test_the_largest_id_survives_every_step(by_pipeline):
    rows = by_pipeline.execute(
        "SELECT transaction_id, net FROM transaction_line WHERE business_date = '2024-03-02'"
    ).fetchall()
    assert rows == [(9007199254740991, Decimal("10.39"))]


def test_the_manifest_names_each_file_as_it_is():
    written = (RECEIPTS / "manifest.json").read_text()
    assert written == remake_manifest.manifest_of(RECEIPTS)
