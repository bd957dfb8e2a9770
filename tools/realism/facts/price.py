"""What things cost."""

import numpy as np

from .fact import Group
from .numbers import Values, cdf, shares
from .sales import Sales

GROUP = Group("price")
PRICE_GRID = np.round(np.geomspace(0.25, 50, 50), 3)


def single_prices(sales: Sales) -> Values:
    """List prices in cents of the lines with one unit: those that stand on a shelf."""
    one = sales.lines["units"] == 1
    return np.rint(sales.lines["list_price"][one] * 100).astype(np.int64)


@GROUP.fact("cdf")
def line_list_price(sales: Sales) -> Values | None:
    """CDF of list unit price (net+discount)/quantity over lines, 50 log-spaced points 0.25..50."""
    return cdf(sales.lines["list_price"], PRICE_GRID)


@GROUP.fact("profile")
def price_last_digit(sales: Sales) -> Values | None:
    """Share of last cent digit 0..9 of the list price, lines with quantity 1."""
    return shares(single_prices(sales) % 10, 10)


@GROUP.fact("ratio")
def price_endings_99(sales: Sales) -> float:
    """Share of lines with quantity 1 whose list price ends in .99."""
    return np.mean(single_prices(sales) % 100 == 99)


@GROUP.fact("ratio")
def within_product_price_cv(sales: Sales) -> float:
    """Median over products with >= 50 lines of the CV of net unit price."""
    products = sales.products
    return np.nanmedian(products["price_variation"][products["lines"] >= 50].astype(float))
