"""The values of a measure over the rounds, as a line to draw beside its threshold."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ntm_portal.lib.numbers import format_decimal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from criteria.presentation.rows import Past

WIDTH, HEIGHT = 300, 60
SIDE, TOP = 30, 16


@dataclass(frozen=True, slots=True)
class Point:
    """A value of one round, with its place in the drawing."""

    x: float
    y: float
    round_code: str
    text: str


@dataclass(frozen=True, slots=True)
class Series:
    """The line, and the height of the threshold if there is one."""

    points: tuple[Point, ...]
    asked_y: float | None
    asked_text: str

    @property
    def line(self) -> str:
        """Return the points as SVG writes them."""
        return " ".join(f"{point.x:.1f},{point.y:.1f}" for point in self.points)

    @property
    def label(self) -> str:
        """Return the same in words."""
        return ", ".join(f"{point.round_code}: {point.text}" for point in self.points)


def series_of(values: Sequence[Past], asked: Decimal | None) -> Series | None:
    """Return what to draw; nothing when there are fewer than two values."""
    drawn = [(value, value.typed) for value in values if isinstance(value.typed, Decimal)]
    if len(drawn) < 2:
        return None
    numbers = [number for _value, number in drawn]
    heights = numbers if asked is None else [*numbers, asked]
    low, high = min(heights), max(heights)

    def y_of(number: Decimal) -> float:
        share = float((number - low) / (high - low)) if high > low else 0.5
        return round(TOP + (1 - share) * (HEIGHT - TOP), 1)

    step = (WIDTH - 2 * SIDE) / (len(drawn) - 1)
    points = tuple(
        Point(round(SIDE + i * step, 1), y_of(number), value.round_code, value.text)
        for i, (value, number) in enumerate(drawn)
    )
    if asked is None:
        return Series(points, None, "")
    return Series(points, y_of(asked), format_decimal(asked))
