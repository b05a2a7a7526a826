"""A line so small that it only says which way a figure goes; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

WIDTH, HEIGHT, EDGE = 96, 24, 3


@dataclass(frozen=True, slots=True)
class Spark:
    """The points of the line as an SVG writes them, and its newest."""

    points: str
    x: int
    y: int
    width: int = WIDTH
    height: int = HEIGHT


def draw(values: Sequence[Decimal]) -> Spark | None:
    """Place the values, the oldest first; fewer than two make no line."""
    if len(values) < 2:  # a line has two ends
        return None
    low, spread = min(values), max(values) - min(values)
    placed = [
        (
            EDGE + round((WIDTH - 2 * EDGE) * at / (len(values) - 1)),
            HEIGHT - EDGE - round((HEIGHT - 2 * EDGE) * (value - low) / spread)
            if spread
            else HEIGHT // 2,
        )
        for at, value in enumerate(values)
    ]
    return Spark(" ".join(f"{x},{y}" for x, y in placed), *placed[-1])
