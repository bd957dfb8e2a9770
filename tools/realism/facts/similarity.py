"""How alike two values of a fact are: 1 the same, 0 nothing in common.

    cdf       values of a distribution function on a fixed grid   1 - the largest distance
    profile   shares of fixed cells, sum 1                        1 - half the sum of distances
    ratio     a positive number                                   smaller / larger
    diff:S    a number of either sign                             1 - distance / S

A value that is missing has nothing in common with anything.
"""

import numpy as np

Value = float | list[float] | None


def similarity(kind: str, first: Value, second: Value) -> float:
    if first is None or second is None:
        return 0.0
    if kind in ("cdf", "profile"):
        left, right = np.asarray(first), np.asarray(second)
        if left.shape != right.shape:
            return 0.0
        distance = np.abs(left - right)
        return float(1 - (distance.max() if kind == "cdf" else distance.sum() / 2))
    if kind == "ratio":
        if first == second:
            return 1.0
        low, high = min(first, second), max(first, second)
        return low / high if low > 0 else 0.0
    scale = float(kind.removeprefix("diff:"))
    return max(0.0, 1 - abs(first - second) / scale)
