"""Which facts are drawn, and how their axes read. plots.py draws them."""

from collections.abc import Sequence
from dataclasses import dataclass

from facts import affinity, basket, household, price, promotion

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Picture:
    """A fact to draw: a distribution over a grid, or shares of cells with a name each."""

    fact: str
    title: str
    unit: str
    grid: Sequence[float] = ()
    logarithmic: bool = False
    until: float | None = None
    cells: Sequence[str] = ()

    @property
    def name(self) -> str:
        return f"{self.fact}.svg"


PICTURES = (
    Picture("lines_per_basket", "Lines per basket", "lines", basket.LINES_GRID, until=60),
    Picture("basket_value", "Basket value", "net amount", basket.MONEY_GRID, logarithmic=True),
    Picture("hour_profile", "Hour", "hour of the day", cells=[str(hour) for hour in range(24)]),
    Picture("weekday_profile", "Weekday", "", cells=WEEKDAYS),
    Picture("month_profile", "Month", "", cells=MONTHS),
    Picture(
        "interpurchase_days",
        "Days between shopping days of a household",
        "days",
        household.GAP_GRID,
        until=45,
    ),
    Picture(
        "trips_per_household",
        "Trips of a household",
        "baskets in the year",
        household.TRIPS_GRID,
        logarithmic=True,
    ),
    Picture("line_list_price", "List price of a unit", "price", price.PRICE_GRID, logarithmic=True),
    Picture("discount_depth", "Depth of discounts", "discount / list price", promotion.DEPTH_GRID),
    Picture(
        "product_rank_curve",
        "Lines by rank of the product",
        "rank, up to",
        cells=[str(2 ** (place + 1) - 1) for place in range(17)],
    ),
    Picture(
        "category_pair_lift",
        "Lift of pairs of categories in a basket",
        "log2 of lift",
        affinity.LIFT_GRID,
    ),
)
