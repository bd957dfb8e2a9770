"""How much is sold at a discount, and what a discount sells."""

import numpy as np

from .fact import Group
from .numbers import Values, cdf
from .sales import Sales

GROUP = Group("promo")
DEPTH_GRID = np.arange(0.02, 1, 0.02)


@GROUP.fact("ratio")
def discount_line_share(sales: Sales) -> float:
    """Share of lines with a discount (> 0.005)."""
    return sales.lines["discounted"].mean()


@GROUP.fact("cdf")
def discount_depth(sales: Sales) -> Values | None:
    """CDF of discount/(net+discount) over discounted lines at 0.02..0.98 step 0.02."""
    some = sales.lines["discounted"] > 0
    net, discount = sales.lines["net"][some], sales.lines["discount"][some]
    return cdf(discount / (net + discount), DEPTH_GRID)


@GROUP.fact("ratio")
def promo_uplift(sales: Sales) -> float:
    """Top-500 products: median of mean units in weeks with depth >= 10% / in other weeks.

    Products count that have at least four weeks of each sort.
    """
    weeks = sales.product_weeks
    starts = np.flatnonzero(np.diff(weeks["product_no"])) + 1
    uplifts = []
    for rows in np.split(np.arange(len(weeks["product_no"])), starts):
        units, promoted = weeks["units"][rows], weeks["depth"][rows] >= 0.10
        if promoted.sum() >= 4 and (~promoted).sum() >= 4:
            uplifts.append(units[promoted].mean() / units[~promoted].mean())
    return np.median(uplifts) if len(uplifts) >= 10 else np.nan


@GROUP.fact("diff:2")
def own_price_elasticity(sales: Sales) -> float:
    """Top-500 products, product-weeks with sales: slope of log units on log net unit price.

    With a level of its own for each product.
    """
    weeks = sales.product_weeks
    price, units, product = np.log(weeks["net_price"]), np.log(weeks["units"]), weeks["product_no"]
    count = np.maximum(np.bincount(product), 1)
    price = price - (np.bincount(product, price) / count)[product]
    units = units - (np.bincount(product, units) / count)[product]
    return (price @ units) / (price @ price) if price @ price > 1e-9 else 0.0
