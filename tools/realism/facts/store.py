"""Where people shop."""

import numpy as np

from .fact import Group
from .numbers import Values, ranked_shares
from .sales import Sales

GROUP = Group("store")


@GROUP.fact("profile")
def store_rank_share(sales: Sales) -> Values:
    """Shares of baskets of the 120 largest stores by rank, plus the rest."""
    return ranked_shares(np.bincount(sales.baskets["store_no"]), 120)


@GROUP.fact("ratio")
def main_store_share(sales: Sales) -> float:
    """Mean over households with >= 10 trips of the share of trips made in their main store."""
    return sales.query("""
        SELECT avg(share) AS share FROM (
            SELECT max(trips) / sum(trips) AS share
            FROM (SELECT household_no, store_no, count(*) AS trips FROM basket GROUP BY ALL)
            GROUP BY household_no HAVING sum(trips) >= 10
        )
    """)["share"][0]
