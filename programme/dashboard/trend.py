"""The small line of a figure over the rounds: where each point lies, for an SVG.

Across in per cent of the width and down in pixels, whole numbers both, so that the drawing
stretches with the page while its letters keep their size.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

HEIGHT = 180
TOP, BOTTOM = 30, 150
LEFT, RIGHT = 10, 90
STEP = Decimal(10)
NEAR = 20  # pixels, or per cent across: closer than this, two labels would touch
ABOVE, BELOW = 12, 20  # pixels from a point to the foot of its label
LETTERS = 16  # pixels: how high a label stands


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure in one round."""

    code: str
    day: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Point:
    """A reading and where it is drawn."""

    reading: Reading
    x: int
    y: int
    label_y: int
    is_labelled: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """What an SVG of the readings needs, the text alternative included."""

    points: tuple[Point, ...]
    lines: tuple[tuple[Point, Point], ...]
    floor: Decimal
    goal: Decimal | None
    goal_y: int
    goal_label_y: int
    places: int
    forecast: Point | None = None
    breaks: tuple[int, ...] = ()
    height: int = HEIGHT
    bottom: int = BOTTOM
    name_y: int = BOTTOM + 22
    floor_y: int = BOTTOM - 6

    @property
    def last(self) -> Point:
        """Return the newest point."""
        return self.points[-1]


def draw(
    readings: Sequence[Reading],
    goal: Decimal | None = None,
    *,
    places: int = 0,
    forecast: Reading | None = None,
    breaks: Iterable[date] = (),
) -> Trend | None:
    """Place the readings, the oldest first, and after them a forecast; fewer make no line.

    At a break what is counted becomes another: a line across marks it, and no line leads over it.
    """
    if len(readings) < 2:  # a line has two ends
        return None
    drawn = [*readings, forecast] if forecast else [*readings]
    days = [day for day in breaks if readings[0].day < day <= drawn[-1].day]
    levels = [reading.value for reading in drawn] + ([goal] if goal is not None else [])
    low, high = _bounds(levels)
    goal_y = _down(goal, low, high) if goal is not None else 0
    placed = _labelled(
        [(item, _across(item, drawn), _down(item.value, low, high)) for item in drawn],
        goal_y,
    )
    points = placed[: len(readings)]
    return Trend(
        forecast=placed[-1] if forecast else None,
        points=points,
        lines=tuple(
            (start, end)
            for start, end in pairwise(points)
            if not any(start.reading.day < day <= end.reading.day for day in days)
        ),
        breaks=tuple(_across_day(day, drawn) for day in days),
        floor=low,
        goal=goal,
        goal_y=goal_y,
        places=places,
        goal_label_y=goal_y + 18 if 0 <= goal_y - points[0].label_y < NEAR * 2 else goal_y - 8,
    )


def _bounds(levels: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    low = (min(levels) / STEP).to_integral_value(ROUND_FLOOR) * STEP
    high = (max(levels) / STEP).to_integral_value(ROUND_CEILING) * STEP
    return low, high if high > low else low + STEP


def _across(reading: Reading, readings: Sequence[Reading]) -> int:
    return _across_day(reading.day, readings)


def _across_day(day: date, readings: Sequence[Reading]) -> int:
    first, last = readings[0].day, readings[-1].day
    return LEFT + round((RIGHT - LEFT) * (day - first) / (last - first))


def _down(value: Decimal, low: Decimal, high: Decimal) -> int:
    return BOTTOM - round((BOTTOM - TOP) * (value - low) / (high - low))


def _label_y(y: int, goal_y: int) -> int:
    """Return where the number of a point is written: above it, clear of the target's line."""
    label_y = y - ABOVE
    if not label_y - LETTERS < goal_y < label_y + ABOVE // 2:
        return label_y
    return y + BELOW if y + BELOW < BOTTOM else goal_y - ABOVE // 2


def _labelled(places: Sequence[tuple[Reading, int, int]], goal_y: int) -> tuple[Point, ...]:
    """Label the newest, and backwards from it each that has room."""
    points: list[Point] = []
    free = RIGHT + NEAR
    for reading, x, y in reversed(places):
        has_room = free - x >= NEAR
        points.append(Point(reading, x, y, _label_y(y, goal_y), has_room))
        free = x if has_room else free
    return tuple(reversed(points))
