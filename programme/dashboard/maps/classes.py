"""Five classes of a figure, from light to dark; pure."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

CLASSES, MIDDLE = 5, 3
PERCENT_EDGES = tuple(Decimal(edge) for edge in (30, 50, 70, 90))


@dataclass(frozen=True, slots=True)
class Band:
    """A class: from `low` to below `high`, an open end where there is none."""

    heat: int
    low: Decimal | None
    high: Decimal | None
    count: int


@dataclass(frozen=True, slots=True)
class Scale:
    """The edges between the classes, the lowest first."""

    edges: tuple[Decimal, ...]

    def heat(self, value: Decimal | None) -> int:
        """Return the class of a value on the scale of five colours; 0 where there is none."""
        if value is None:
            return 0
        place = bisect_right(self.edges, value)
        return (
            1 + round(place * (CLASSES - 1) / len(self.edges)) if self.edges else CLASSES // 2 + 1
        )

    def bands(self, values: Iterable[Decimal | None]) -> list[Band]:
        """Return the classes, with how many of the values each holds."""
        heats = [self.heat(value) for value in values]
        ends = [None, *self.edges, None]
        lows = [self.edges[0] - 1 if self.edges else Decimal(0), *self.edges]
        return [
            Band(heat := self.heat(low), ends[at], ends[at + 1], heats.count(heat))
            for at, low in enumerate(lows)
        ]


def of_percent() -> Scale:
    """Return the classes of every percentage: the same on each map, so that maps compare."""
    return Scale(PERCENT_EDGES)


def of_values(values: Iterable[Decimal | None]) -> Scale:
    """Return classes with about equally many values in each, at numbers that are easily read."""
    known = sorted(value for value in values if value is not None)
    if not known:
        return Scale(())
    step = _step(known[-1] - known[0])
    cuts = [_rounded(known[len(known) * at // CLASSES], step) for at in range(1, CLASSES)]
    return Scale(tuple(sorted({cut for cut in cuts if cut > known[0]})))


def _step(spread: Decimal) -> Decimal:
    """Return the decimal unit that is a twentieth of the spread, or a little less."""
    if not spread:
        return Decimal(1)
    unit = Decimal(1).scaleb((spread / 20).adjusted())
    return next(unit * by for by in (5, 2, 1) if unit * by <= spread / 20)


def _rounded(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).to_integral_value(ROUND_HALF_UP) * step
