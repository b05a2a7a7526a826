"""The line of a value over the rounds."""

from decimal import Decimal

from criteria.presentation.rows import Past
from criteria.presentation.series import HEIGHT, TOP, series_of


def past(*numbers: int) -> list[Past]:
    return [Past(f"2020-Q{i}", Decimal(n), str(n)) for i, n in enumerate(numbers, start=1)]


def test_one_value_makes_no_line() -> None:
    assert series_of(past(10), Decimal(41)) is None
    assert series_of([], None) is None


def test_the_highest_stands_on_top_and_the_lowest_at_the_foot() -> None:
    series = series_of(past(30, 40), Decimal(50))
    assert series is not None
    assert series.points[0].y == HEIGHT
    assert series.asked_y == TOP
    assert TOP < series.points[1].y < HEIGHT
    assert series.points[0].x < series.points[1].x


def test_values_that_do_not_move_lie_on_a_level_line() -> None:
    series = series_of(past(30, 30, 30), None)
    assert series is not None
    assert len({point.y for point in series.points}) == 1
    assert series.asked_y is None


def test_the_same_is_said_in_words() -> None:
    series = series_of(past(30, 40), None)
    assert series is not None
    assert series.label == "2020-Q1: 30, 2020-Q2: 40"
