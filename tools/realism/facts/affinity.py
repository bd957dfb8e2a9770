"""What is bought together."""

import numpy as np

from .fact import Group
from .numbers import Values, cdf
from .sales import Sales

GROUP = Group("affinity")
CATEGORIES = 150
MIN_EXPECTED = 5.0
LIFT_GRID = np.arange(-3, 4.01, 0.1)


def category_log_lifts(sales: Sales) -> Values:
    """log2 of the lift of each pair of the largest categories in one basket.

    Lift is the number of baskets with both, by the number expected if categories were independent;
    pairs that are expected less than MIN_EXPECTED times are left out.
    """
    category = sales.lines["category_no"]
    large = category < CATEGORIES
    baskets, categories = len(sales.baskets["basket_no"]), min(CATEGORIES, int(category.max()) + 1)
    cells = sales.lines["basket_no"][large].astype(np.int64) * categories + category[large]
    cells = np.unique(cells)
    holds = np.zeros((baskets, categories), np.float32)
    holds[cells // categories, cells % categories] = 1
    together = (holds.T @ holds).astype(float)
    alone = np.diag(together)
    pairs = np.triu_indices(categories, 1)
    found, expected = together[pairs], (np.outer(alone, alone) / baskets)[pairs]
    enough = expected >= MIN_EXPECTED
    if not enough.any():
        return np.array([np.nan])
    return np.log2(np.maximum(found[enough], 0.5) / expected[enough])


@GROUP.fact("cdf")
def category_pair_lift(sales: Sales) -> Values | None:
    """CDF of log2 lift of basket pairs among the 150 largest categories, grid -3..4 step 0.1."""
    return cdf(category_log_lifts(sales), LIFT_GRID)


@GROUP.fact("ratio")
def category_pairs_lift_gt2(sales: Sales) -> float:
    """Share of those category pairs with lift > 2."""
    return np.mean(category_log_lifts(sales) > 1)


@GROUP.fact("ratio")
def same_category_ratio(sales: Sales) -> float:
    """P(two lines of one basket share the category) / P(two random lines share it)."""
    same = sales.query("""
        SELECT sum(lines * (lines - 1)) AS pairs
        FROM (SELECT count(*) AS lines FROM line GROUP BY basket_no, category_no)
    """)["pairs"][0]
    lines = sales.baskets["lines"].astype(float)
    share = sales.category_lines / sales.category_lines.sum()
    return float(same) / (lines * (lines - 1)).sum() / (share @ share)
