"""The small trend lines."""

import re
import urllib.parse

import pytest
from board import charts

pytestmark = pytest.mark.dashboard


def points(svg: str) -> list[tuple[float, float]]:
    pairs = re.search(r'points="([^"]+)"', urllib.parse.unquote(svg))[1].split()
    return [tuple(map(float, pair.split(","))) for pair in pairs]


def test_a_line_goes_from_the_left_to_the_right_and_upwards_for_more() -> None:
    assert points(charts.spark([10, 30, 20])) == [(0, 38), (50, 2), (100, 20)]


def test_what_is_unknown_has_no_point_and_what_is_level_no_slope() -> None:
    assert points(charts.spark([5, None, 5])) == [(0, 38), (100, 38)]


@pytest.mark.parametrize("values", [[], [1], [None, None], [None, 3]])
def test_less_than_two_points_are_no_line(values: list[float | None]) -> None:
    assert "<img" not in charts.spark(values)
