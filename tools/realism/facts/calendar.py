"""When people shop."""

import numpy as np

from .fact import Group
from .numbers import Values, correlation, shares
from .sales import Sales

GROUP = Group("time")
LARGE_STORES = 50


@GROUP.fact("profile")
def hour_profile(sales: Sales) -> Values | None:
    """Share of baskets by hour of day."""
    return shares(sales.baskets["hour"], 24)


@GROUP.fact("profile")
def weekday_profile(sales: Sales) -> Values | None:
    """Share of baskets by weekday (Monday first)."""
    return shares(sales.baskets["weekday"], 7)


@GROUP.fact("profile")
def month_profile(sales: Sales) -> Values:
    """Share of net sales by calendar month."""
    net = np.bincount(sales.baskets["month"], sales.baskets["value"], minlength=12)
    return net / net.sum()


@GROUP.fact("diff:0.5")
def daily_sales_acf7(sales: Sales) -> float:
    """Lag-7 autocorrelation of daily chain sales."""
    value, _ = sales.daily
    return correlation(value[:-7], value[7:])


@GROUP.fact("ratio")
def weekend_sales_ratio(sales: Sales) -> float:
    """Mean daily sales Saturday-Sunday / Monday-Friday."""
    value, weekday = sales.daily
    return value[weekday >= 5].mean() / value[weekday < 5].mean()


@GROUP.fact("ratio")
def store_day_dispersion(sales: Sales) -> float:
    """Median over the 50 largest stores of the variance/mean of daily baskets."""
    large = sales.baskets["store_no"] < LARGE_STORES
    baskets = np.zeros((LARGE_STORES, sales.days))
    np.add.at(baskets, (sales.baskets["store_no"][large], sales.baskets["day"][large]), 1)
    baskets = baskets[baskets.sum(axis=1) > 0]
    return np.median(baskets.var(axis=1) / baskets.mean(axis=1))
