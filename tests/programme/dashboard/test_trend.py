"""Where the points of a small line lie."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from programme.dashboard.trend import BOTTOM, TOP, Reading, draw

YEARS = [date(2017, 12, 31), date(2018, 12, 31), date(2019, 12, 31), date(2020, 12, 31)]


def readings(*values: int) -> list[Reading]:
    return [
        Reading(f"{day.year}-Q4", day, Decimal(value))
        for day, value in zip(YEARS, values, strict=False)
    ]


@pytest.mark.parametrize("values", [(), (62,)])
def test_fewer_than_two_rounds_make_no_line(values: tuple[int, ...]) -> None:
    assert draw(readings(*values)) is None


def test_the_line_runs_from_the_first_round_to_the_last() -> None:
    trend = draw(readings(20, 40, 60))
    assert trend is not None
    assert [(point.x, point.y) for point in trend.points] == [(10, BOTTOM), (50, 90), (90, TOP)]
    assert [(left.x, right.x) for left, right in trend.lines] == [(10, 50), (50, 90)]
    assert trend.floor == 20


def test_the_target_is_drawn_on_the_same_scale() -> None:
    trend = draw(readings(20, 40), goal=Decimal(60))
    assert trend is not None
    assert trend.goal_y == TOP
    assert trend.points[-1].y == (TOP + BOTTOM) // 2


def test_equal_values_make_a_flat_line() -> None:
    trend = draw(readings(50, 50))
    assert trend is not None
    assert trend.points[0].y == trend.points[1].y == BOTTOM


def test_labels_that_would_touch_are_left_out_but_never_the_newest() -> None:
    close = [
        Reading("a", date(2020, 1, 1), Decimal(1)),
        Reading("b", date(2020, 11, 30), Decimal(2)),
        Reading("c", date(2020, 12, 31), Decimal(3)),
    ]
    trend = draw(close)
    assert trend is not None
    assert [point.is_labelled for point in trend.points] == [True, False, True]


@pytest.mark.parametrize("value", [41, 45, 52, 56, 57, 58, 59, 60, 61, 64])
def test_no_number_is_written_across_the_line_of_the_target(value: int) -> None:
    trend = draw(readings(40, value), goal=Decimal(60))
    assert trend is not None
    for point in trend.points:
        assert not point.label_y - 14 < trend.goal_y < point.label_y, point.reading.value
