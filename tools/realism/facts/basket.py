"""What is in a basket."""

import numpy as np

from .fact import Group
from .numbers import Values, cdf
from .sales import Sales

GROUP = Group("basket")
LINES_GRID = [*range(1, 61), 80, 100, 150]
UNITS_GRID = [*range(1, 13), 20, 50]
MONEY_GRID = np.round(np.geomspace(0.5, 500, 60), 3)


@GROUP.fact("cdf")
def lines_per_basket(sales: Sales) -> Values | None:
    """CDF of lines per basket at 1..60, 80, 100, 150."""
    return cdf(sales.baskets["lines"], LINES_GRID)


@GROUP.fact("cdf")
def units_per_line(sales: Sales) -> Values | None:
    """CDF of quantity per line at 1..12, 20, 50."""
    return cdf(sales.lines["units"], UNITS_GRID)


@GROUP.fact("cdf")
def basket_value(sales: Sales) -> Values | None:
    """CDF of basket net value on 60 log-spaced points 0.5..500."""
    return cdf(sales.baskets["value"], MONEY_GRID)


@GROUP.fact("ratio")
def single_line_share(sales: Sales) -> float:
    """Share of baskets with one line."""
    return np.mean(sales.baskets["lines"] == 1)


@GROUP.fact("ratio")
def basket_value_tail(sales: Sales) -> float:
    """p99/p50 of basket net value (positive baskets)."""
    value = sales.baskets["value"]
    value = value[value > 0]
    return np.percentile(value, 99) / np.median(value)


@GROUP.fact("ratio")
def distinct_categories_ratio(sales: Sales) -> float:
    """Mean of distinct categories / lines over baskets with >= 5 lines."""
    large = sales.baskets["lines"] >= 5
    return np.mean(sales.baskets["categories"][large] / sales.baskets["lines"][large])
