"""The chain of quickstart looks like a chain of shops."""

import pytest


@pytest.fixture(scope="module")
def clean(quickstart):
    return quickstart.lake.open()


def test_it_is_the_chain_that_was_promised(clean):
    stores, products, days = clean.execute(
        """SELECT (SELECT count(*) FROM store), (SELECT count(*) FROM product),
                  (SELECT count(DISTINCT business_date) FROM transaction)"""
    ).fetchone()
    households, anonymous, tickets, lines = clean.execute(
        """SELECT (SELECT count(DISTINCT household_id) FROM customer),
                  (SELECT avg((customer_id IS NULL)::INT) FROM transaction),
                  (SELECT count(*) FROM transaction), (SELECT count(*) FROM transaction_line)"""
    ).fetchone()
    assert (stores, products, households) == (10, 3_000, 1_850)
    assert 720 <= days <= 731
    assert 0.25 < anonymous < 0.35
    assert 250_000 < tickets < 350_000
    assert 2_500_000 < lines < 3_500_000


def test_one_or_two_sales_in_a_hundred_are_brought_back(clean):
    share = clean.execute(
        "SELECT count(*) FILTER (kind = 'RETURN') / count(*) FILTER (kind = 'SALE') "
        "FROM transaction"
    ).fetchone()[0]
    assert 0.01 < share < 0.02


def test_the_best_weekday_sells_a_third_more_than_the_weakest(clean):
    ratio = clean.execute(
        """SELECT max(net) / min(net) FROM (
               SELECT sum(net) / count(DISTINCT business_date) AS net FROM transaction
               WHERE kind = 'SALE' GROUP BY isodow(business_date))"""
    ).fetchone()[0]
    assert ratio >= 1.3


def test_the_busiest_hour_sees_twice_the_mean(clean):
    ratio = clean.execute(
        """SELECT max(sales) / avg(sales) FROM (
               SELECT count(*) AS sales FROM transaction
               WHERE kind = 'SALE' AND channel = 'STORE' GROUP BY local_hour)"""
    ).fetchone()[0]
    assert 1.5 <= ratio <= 3


def test_a_fifth_of_the_products_carries_most_of_the_units(clean):
    share = clean.execute(
        """SELECT sum(units) FILTER (place <= 0.2 * (SELECT count(*) FROM product)) / sum(units)
           FROM (SELECT sum(quantity) AS units, row_number() OVER (ORDER BY sum(quantity) DESC)
                 AS place FROM transaction_line WHERE kind = 'SALE' GROUP BY product_id)"""
    ).fetchone()[0]
    assert 0.55 <= share <= 0.90


def test_stores_are_closed_outside_their_hours(clean):
    outside = clean.execute(
        """SELECT count(*) FROM visit JOIN store USING (store_id)
           WHERE local_hour < open_hour OR local_hour >= close_hour"""
    ).fetchone()
    assert outside == (0,)
