"""How households differ, and how each shops over the year."""

import numpy as np

from .fact import Group
from .numbers import Values, cdf, gini
from .sales import Sales

GROUP = Group("household")
TRIPS_GRID = np.unique(np.rint(np.geomspace(1, 600, 50)))
GAP_GRID = [*range(1, 46), 60, 90]
RECENCY_GRID = [*range(31), 45, 60, 90, 180]


@GROUP.fact("cdf")
def trips_per_household(sales: Sales) -> Values | None:
    """CDF of baskets per household in the window at log-spaced points 1..600."""
    return cdf(sales.households["trips"], TRIPS_GRID)


@GROUP.fact("cdf")
def interpurchase_days(sales: Sales) -> Values | None:
    """CDF of days between successive shopping days of a household at 1..45, 60, 90."""
    return cdf(sales.gaps, GAP_GRID)


@GROUP.fact("ratio")
def spend_gini(sales: Sales) -> float:
    """Gini of household spend in the window."""
    return gini(sales.households["spend"])


@GROUP.fact("cdf")
def recency_days(sales: Sales) -> Values | None:
    """CDF of days from a household's last trip to the end of the window at 0..30, 45 .. 180."""
    return cdf(sales.days - 1 - sales.households["last_day"], RECENCY_GRID)


@GROUP.fact("ratio")
def basket_value_icc(sales: Sales) -> float:
    """Intra-household correlation of log basket value (one-way ANOVA estimator, baskets > 0)."""
    positive = sales.baskets["value"] > 0
    logs = np.log(sales.baskets["value"][positive])
    household = sales.baskets["household_no"][positive]
    sizes = np.bincount(household)
    some = sizes > 0
    means = np.bincount(household, logs)[some] / sizes[some]
    sizes = sizes[some]
    total = sizes.sum()
    between = (sizes * (means - logs.mean()) ** 2).sum()
    within = ((logs - logs.mean()) ** 2).sum() - between
    freedom = max(len(sizes) - 1, 1)
    mean_between, mean_within = between / freedom, within / max(total - len(sizes), 1)
    typical_size = (total - (sizes**2).sum() / total) / freedom
    return max(
        (mean_between - mean_within) / (mean_between + (typical_size - 1) * mean_within),
        0,
    )
