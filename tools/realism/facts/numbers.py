"""The few statistics that facts are made of."""

import numpy as np

Values = np.ndarray


def cdf(values: Values, grid: Values | list[int]) -> Values | None:
    """Share of the finite values that are at most each point of the grid."""
    finite = np.sort(np.asarray(values, float))
    finite = finite[np.isfinite(finite)]
    if len(finite) == 0:
        return None
    return np.searchsorted(finite, np.asarray(grid, float), "right") / len(finite)


def shares(cells: Values, count: int) -> Values | None:
    """Share of the observations in each of the cells 0 … count-1."""
    counts = np.bincount(np.asarray(cells, int), minlength=count)[:count].astype(float)
    return counts / counts.sum() if counts.sum() else None


def ranked_shares(sizes: Values, largest: int) -> Values:
    """Shares of the `largest` biggest, by rank, and of all others together."""
    sizes = np.sort(np.asarray(sizes, float))[::-1]
    each = sizes / sizes.sum()
    out = np.zeros(largest + 1)
    out[: min(largest, len(each))] = each[:largest]
    out[largest] = each[largest:].sum()
    return out


def gini(sizes: Values) -> float:
    """0 when all are equal, near 1 when one has everything."""
    sizes = np.sort(np.asarray(sizes, float))
    n = len(sizes)
    if n == 0 or sizes.sum() <= 0:
        return np.nan
    return float((2 * np.arange(1, n + 1) - n - 1) @ sizes / (n * sizes.sum()))


def top_share(sizes: Values, fraction: float) -> float:
    """What the largest `fraction` of all hold of the sum."""
    sizes = np.sort(np.asarray(sizes, float))[::-1]
    return float(sizes[: max(1, round(fraction * len(sizes)))].sum() / sizes.sum())


def correlation(first: Values, second: Values) -> float:
    """Pearson's; 0 where one of the two does not vary."""
    first, second = np.asarray(first, float), np.asarray(second, float)
    both = np.isfinite(first) & np.isfinite(second)
    first, second = first[both], second[both]
    if len(first) <= 2 or first.std() == 0 or second.std() == 0:
        return 0.0
    return float(np.corrcoef(first, second)[0, 1])


def ranks(values: Values) -> Values:
    """1 for the smallest; equal values share the mean of their ranks."""
    _, place, size = np.unique(np.asarray(values, float), return_inverse=True, return_counts=True)
    return (np.cumsum(size) - (size - 1) / 2)[place]


def rank_correlation(first: Values, second: Values) -> float:
    """Spearman's."""
    return correlation(ranks(first), ranks(second))
