"""How size, value, price and popularity go together."""

import numpy as np

from .fact import Group
from .numbers import correlation, rank_correlation
from .sales import Sales

GROUP = Group("correlation")


@GROUP.fact("diff:0.5")
def corr_lines_value(sales: Sales) -> float:
    """Correlation of log lines and log value over baskets."""
    positive = sales.baskets["value"] > 0
    return correlation(
        np.log(sales.baskets["lines"][positive]), np.log(sales.baskets["value"][positive])
    )


@GROUP.fact("diff:0.5")
def corr_price_popularity(sales: Sales) -> float:
    """Spearman correlation of mean list price and lines over products with >= 5 lines."""
    products = sales.products
    enough = products["lines"] >= 5
    return rank_correlation(products["list_price"][enough], products["lines"][enough])
