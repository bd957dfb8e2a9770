"""What households buy again."""

import numpy as np

from .fact import Group
from .sales import Sales

GROUP = Group("loyalty")


@GROUP.fact("ratio")
def repeat_line_share(sales: Sales) -> float:
    """Share of second-half lines whose product the household bought on an earlier day."""
    return sales.query(f"""
        WITH first_bought AS (
            SELECT household_no, product_no, min(day) AS first_day FROM line GROUP BY ALL
        )
        SELECT avg((line.day > first_day)::INTEGER) AS share
        FROM line JOIN first_bought USING (household_no, product_no)
        WHERE day >= {sales.days // 2}
    """)["share"][0]


@GROUP.fact("ratio")
def household_variety(sales: Sales) -> float:
    """Mean over households with >= 100 lines of distinct products / lines."""
    variety = sales.query("""
        SELECT count(DISTINCT product_no) / count(*) AS variety
        FROM line GROUP BY household_no HAVING count(*) >= 100
    """)["variety"]
    return variety.mean() if len(variety) else np.nan
