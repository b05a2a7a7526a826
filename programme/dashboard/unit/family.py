"""A small family tree: what a unit was formed from, itself, what it became; where each is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from communes.models import AdministrativeUnit
    from communes.presentation.found import Other

WIDTH, BOX, HIGH, GAP = 720, 200, 40, 12
LEFT, MIDDLE, RIGHT = 0, 260, 520
MOST = 8
LONGEST = 27


@dataclass(frozen=True, slots=True)
class Box:
    """A unit as a box: its name cut to fit, its code, and whether only a part of it is meant."""

    x: int
    y: int
    name: str
    code: str
    is_part: bool = False
    is_self: bool = False

    @property
    def middle(self) -> int:
        """Return the height at which lines meet it."""
        return self.y + HIGH // 2

    @property
    def text_x(self) -> int:
        """Return where its letters begin."""
        return self.x + 10

    @property
    def name_y(self) -> int:
        """Return the foot of its name."""
        return self.y + 17

    @property
    def code_y(self) -> int:
        """Return the foot of its code."""
        return self.y + 32


@dataclass(frozen=True, slots=True)
class Curve:
    """A line from one box to another."""

    path: str
    is_part: bool


@dataclass(frozen=True, slots=True)
class Family:
    """What the SVG needs; `before` and `after` are all of them, of which the first are drawn."""

    before: Sequence[Other]
    after: Sequence[Other]
    boxes: Sequence[Box]
    curves: Sequence[Curve]
    height: int
    more_before: int
    more_after: int

    @property
    def width(self) -> int:
        """Return the width of the drawing."""
        return WIDTH

    @property
    def box_width(self) -> int:
        """Return the width of a box."""
        return BOX

    @property
    def box_height(self) -> int:
        """Return the height of a box."""
        return HIGH


def draw(unit: AdministrativeUnit, before: Sequence[Other], after: Sequence[Other]) -> Family:
    """Place the boxes: former units on the left, later ones on the right."""
    rows = max(1, min(len(before), MOST), min(len(after), MOST))
    height = rows * (HIGH + GAP) - GAP + 2
    own = Box(MIDDLE, (height - HIGH) // 2, _cut(unit.label), unit.code, is_self=True)
    lefts = _column(LEFT, before, height)
    rights = _column(RIGHT, after, height)
    curves = [_curve(box, own, is_part=box.is_part) for box in lefts]
    curves += [_curve(own, box, is_part=box.is_part) for box in rights]
    return Family(
        before,
        after,
        [*lefts, own, *rights],
        curves,
        height,
        max(0, len(before) - MOST),
        max(0, len(after) - MOST),
    )


def _column(x: int, others: Sequence[Other], height: int) -> list[Box]:
    shown = others[:MOST]
    top = (height - (len(shown) * (HIGH + GAP) - GAP)) // 2
    return [
        Box(x, top + at * (HIGH + GAP), _cut(other.unit.label), other.unit.code, other.is_part)
        for at, other in enumerate(shown)
    ]


def _curve(start: Box, end: Box, *, is_part: bool) -> Curve:
    x, to = start.x + BOX, end.x
    half = (x + to) // 2
    path = f"M{x} {start.middle}C{half} {start.middle} {half} {end.middle} {to} {end.middle}"
    return Curve(path, is_part)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
