"""Facts of a table that is small enough to reckon by hand, and of the reference."""

import math
import pathlib

import facts
import prepare_reference
import pytest
from facts.numbers import cdf, gini, rank_correlation, ranked_shares, ranks, top_share
from realism_lines import write_lines

REFERENCE = pathlib.Path(__file__).resolve().parents[2] / "build" / "reference" / "lines.parquet"

# A Monday, a Wednesday and the Saturday after it.
MONDAY, WEDNESDAY, SATURDAY = "2024-01-01 09:30:00", "2024-01-03 18:00:00", "2024-01-06 09:59:59"
LINES = [
    # basket, household, store, product, category, time, units, net, discount
    (10, 1, 7, 100, "milk", MONDAY, 1, 0.99, 0.00),
    (10, 1, 7, 101, "milk", MONDAY, 2, 3.00, 1.00),
    (10, 1, 7, 200, "bread", MONDAY, 1, 2.01, 0.00),
    (11, 1, 8, 100, "milk", SATURDAY, 1, 0.49, 0.50),
    (12, 2, 7, 200, "bread", WEDNESDAY, 1, 2.00, 0.00),
]


def measured(rows, folder) -> facts.Measured:
    return facts.measure(facts.Sales(write_lines(rows, folder / "lines.parquet")))


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> facts.Measured:
    return measured(LINES, tmp_path_factory.mktemp("small"))


def test_baskets_are_counted_by_their_lines(small):
    assert small["lines_per_basket"][:3] == [0.666667, 0.666667, 1.0]
    assert small["single_line_share"] == 0.666667
    assert small["units_per_line"][:2] == [0.8, 1.0]


def test_baskets_are_counted_by_their_net_value(small):
    # 6.00, 0.49 and 2.00 on a grid from 0.50 upwards
    assert small["basket_value"][0] == 0.333333
    assert small["basket_value"][-1] == 1


def test_list_prices_are_before_discount_and_for_one_unit(small):
    # 0.99, 2.00, 2.01, 0.99, 2.00; the second comes from a line of two units
    assert small["price_endings_99"] == 0.5
    assert small["price_last_digit"] == [0.25, 0.25, 0, 0, 0, 0, 0, 0, 0, 0.5]


def test_trips_are_counted_on_the_clock_of_the_store(small):
    assert small["hour_profile"][9] == 0.666667
    assert small["hour_profile"][18] == 0.333333
    assert small["weekday_profile"] == [0.333333, 0, 0.333333, 0, 0, 0.333333, 0]
    assert small["month_profile"] == [1] + [0] * 11


def test_days_between_trips_count_the_first_day_of_a_household_as_zero(small):
    # 0 and 5 of the first household, 0 of the second
    assert small["interpurchase_days"][:5] == [0.666667] * 4 + [1.0]


def test_days_since_the_last_trip_end_with_the_last_day_of_all(small):
    assert small["recency_days"][:4] == [0.5, 0.5, 0.5, 1.0]


def test_discounts_are_counted_by_line_and_depth(small):
    assert small["discount_line_share"] == 0.4
    # a quarter and 50.5 %
    assert small["discount_depth"][11:13] == [0, 0.5]
    assert small["discount_depth"][24:26] == [0.5, 1]


def test_a_product_that_was_bought_on_an_earlier_day_is_a_repeat(small):
    # The second half begins on day 3; its only line is product 100, bought on day 0.
    assert small["repeat_line_share"] == 1


def test_lines_of_one_category_meet_more_often_than_by_chance(small):
    # Of three pairs of lines in a basket one is of the same category; 3/5 and 2/5 of all lines.
    assert small["same_category_ratio"] == round((2 / 6) / (0.6**2 + 0.4**2), 6)


def test_stores_and_categories_are_ranked(small):
    assert small["store_rank_share"][:3] == [0.666667, 0.333333, 0]
    assert small["category_rank_share"][:3] == [0.6, 0.4, 0]


def test_what_cannot_be_measured_has_no_value(small, tmp_path):
    assert small["promo_uplift"] is None  # no product has four weeks
    assert small["household_variety"] is None  # no household has 100 lines
    plain = [(*row[:8], 0.0) for row in LINES]
    assert measured(plain, tmp_path)["discount_depth"] is None


def test_rows_that_are_no_sales_are_left_out(small, tmp_path):
    wrong = [
        (13, 3, 9, 300, "wine", MONDAY, 0, 1.00, 0.00),
        (13, 3, 9, 301, "wine", MONDAY, 101, 1.00, 0.00),
        (13, 3, 9, 302, "wine", MONDAY, 1, -1.00, 0.00),
        (13, 3, 9, 303, "wine", MONDAY, 1, 1.00, -0.50),
        (13, 3, 9, 304, "wine", MONDAY, 1, 0.00, 0.00),
        (13, None, 9, 305, "wine", MONDAY, 1, 1.00, 0.00),
        (13, 3, 9, 306, "wine", None, 1, 1.00, 0.00),
        (14, 3, 9, 307, "wine", "2024-12-31 00:00:00", 1, 1.00, 0.00),  # day 366
    ]
    assert measured(LINES + wrong, tmp_path) == small


def test_units_of_a_promoted_product_are_compared_with_its_other_weeks(tmp_path):
    # Ten products, ten weeks: in every other one at half price, and three times as many are sold.
    rows = [
        (
            1000 * week + product,
            product,
            1,
            product,
            "milk",
            f"2024-0{1 + week // 4}-{1 + 7 * (week % 4):02} 12:00:00",
            3 if week % 2 else 1,
            3.0 if week % 2 else 2.0,
            3.0 if week % 2 else 0.0,
        )
        for week in range(10)
        for product in range(10)
    ]
    promoted = measured(rows, tmp_path)
    assert promoted["promo_uplift"] == 3
    assert promoted["own_price_elasticity"] == pytest.approx(-math.log(3) / math.log(2), abs=1e-5)


def test_distribution_functions_leave_out_what_is_no_number():
    assert cdf([1, 2, math.nan, 4, math.inf], [1, 3]).tolist() == [1 / 3, 2 / 3]
    assert cdf([], [1, 3]) is None


def test_inequality_is_zero_among_equals_and_near_one_when_one_has_all():
    assert gini([5, 5, 5, 5]) == 0
    assert gini([0, 0, 0, 8]) == 0.75


def test_the_top_and_the_ranks_are_shares_of_the_whole():
    assert top_share([1, 6, 1, 2], 0.25) == 0.6
    assert ranked_shares([1, 6, 1, 2], 2).tolist() == [0.6, 0.2, 0.2]


def test_equal_values_share_their_rank():
    assert ranks([7, 1, 7, 9]).tolist() == [2.5, 1, 2.5, 4]
    assert rank_correlation([1, 2, 2, 3], [10, 20, 20, 30]) == 1
    assert rank_correlation([1, 1, 1], [1, 2, 3]) == 0


def test_the_values_of_the_panel_are_found_again():
    if not REFERENCE.is_file():
        prepare_reference.prepare(REFERENCE)
    sales = facts.Sales(REFERENCE)
    found, kept = facts.measure(sales), facts.panel()
    # The mean list prices of this fact are equal up to the last bit only, which ranks can tell.
    last_bits = {"corr_price_popularity": 5e-4}
    assert list(found) == list(kept)
    for name, value in kept.items():
        assert found[name] == pytest.approx(value, abs=last_bits.get(name, 2e-6)), name
    assert {name: sales.totals[name] for name in facts.panel_totals()} == facts.panel_totals()
