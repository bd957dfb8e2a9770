"""How unequally products and categories sell."""

import numpy as np

from .fact import Group
from .numbers import Values, gini, ranked_shares, top_share
from .sales import Sales

GROUP = Group("popularity")


@GROUP.fact("profile")
def product_rank_curve(sales: Sales) -> Values:
    """Share of sampled lines held by product rank bins 1, 2-3, 4-7, ... (doubling, 17 bins)."""
    lines = sales.popularity
    bins = np.floor(np.log2(np.arange(1, len(lines) + 1))).astype(int)
    return np.bincount(bins, lines, minlength=17)[:17] / lines.sum()


@GROUP.fact("ratio")
def product_gini(sales: Sales) -> float:
    """Gini of lines per sold product (sample of 400k lines)."""
    return gini(sales.popularity)


@GROUP.fact("ratio")
def product_top1pct(sales: Sales) -> float:
    """Share of lines of the top 1% of sold products."""
    return top_share(sales.popularity, 0.01)


@GROUP.fact("ratio")
def product_top20pct(sales: Sales) -> float:
    """Share of lines of the top 20% of sold products."""
    return top_share(sales.popularity, 0.20)


@GROUP.fact("profile")
def category_rank_share(sales: Sales) -> Values:
    """Shares of lines of the 60 largest categories by rank, plus the rest."""
    return ranked_shares(sales.category_lines, 60)
