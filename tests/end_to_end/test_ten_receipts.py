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
from decimal import Decimal

import pytest
import remake_manifest
from harness import CHECKOUT, Feed, Lake, add_kpis, retailsim

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


@pytest.fixture(scope="module")
def by_sql():
    connection = Feed(RECEIPTS).open()
    add_kpis(connection)
    return connection


@pytest.fixture(scope="module")
def by_pipeline(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ten_receipts") / "lake"
    retailsim("extract", "--data", RECEIPTS, "--lake", folder)
    retailsim("transform", "--lake", folder)
    lake = Lake(folder)
    assert lake.quarantined() == 0
    connection = lake.open()
    for table in ("store_day", "store_month"):
        lake.view(connection, "gold", table, table)
    return connection


def rows_of(connection, table):
    return connection.execute(f"FROM {table} ORDER BY 1, 2").fetchall()


def test_33_days_are_64_store_days():
    # store 1: 2 + 29 + 2 days; store 2: 27 + 2, from 3 February; store 3: 30 and 31 January
    assert len(list(days_of_stores())) == 33 + 29 + 2


def test_sql_says_what_paper_says_of_each_day(by_sql):
    assert rows_of(by_sql, "store_day") == list(expected_days())


def test_sql_says_what_paper_says_of_each_month(by_sql):
    assert rows_of(by_sql, "store_month") == list(expected_months())


def test_the_pipeline_says_what_paper_says_of_each_day(by_pipeline):
    assert rows_of(by_pipeline, "store_day") == list(expected_days())


def test_the_pipeline_says_what_paper_says_of_each_month(by_pipeline):
    assert rows_of(by_pipeline, "store_month") == list(expected_months())


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
