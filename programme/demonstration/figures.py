"""One invented number: from how far a commune is beyond a level to what it would report."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

YES, NO = Decimal(1), Decimal(0)
TENTHS = tuple(Decimal(tenth) / 10 for tenth in range(1001))
# How far apart communes lie, in the unit of the measure, for one step of the margin.
PERCENT_STEP = 12.0
SHARE_OF_LEVEL = {"<=": 0.45, ">=": 0.12}  # of poor households; of an income
OWN_SHARE = {"15.3": 0.12}  # stunting differs less from place to place
OTHER_LEVEL = Decimal(80)  # where no level is known, only the number is invented
UNITS_OFF = 12  # houses below standard, for one step short


@dataclass(frozen=True, slots=True)
class Asked:
    """A measure, the criterion it belongs to, and the level it is asked to reach."""

    id: int
    code: str
    criterion_code: str
    kind: str
    comparator: str
    level: Decimal

    @property
    def is_remeasured(self) -> bool:
        """Tell whether the number moves from round to round without crossing its level."""
        return self.kind not in {"yes_no", "count"}


def default_level(kind: str) -> Decimal:
    """Return the level to invent numbers around where none is stated."""
    return YES if kind == "yes_no" else OTHER_LEVEL


def number(asked: Asked, margin: float) -> Decimal:
    """Return a number that meets the level exactly when `margin` is not below nothing."""
    holds = margin >= 0
    if asked.kind == "yes_no":
        return YES if holds else NO
    if asked.kind == "count":
        return asked.level if holds else asked.level + 1 + int(-margin * UNITS_OFF)
    level = float(asked.level)
    if asked.comparator == "<=":
        edge = math.floor(level * 10 + 0.001)
        tenths = round((level - margin * _step(asked, level)) * 10)
        tenths = min(tenths, edge) if holds else max(tenths, edge + 1)
    else:
        edge = math.ceil(level * 10 - 0.001)
        tenths = round((level + margin * _step(asked, level)) * 10)
        tenths = max(tenths, edge) if holds else min(tenths, edge - 1)
    return _tenths(tenths, asked.kind)


def _step(asked: Asked, level: float) -> float:
    if asked.kind == "percent" and asked.comparator == ">=":
        return PERCENT_STEP
    return OWN_SHARE.get(asked.code, SHARE_OF_LEVEL[asked.comparator]) * level


def _tenths(tenths: int, kind: str) -> Decimal:
    tenths = max(tenths, 1)
    if kind == "percent":
        return TENTHS[min(tenths, 1000)]
    return Decimal(tenths) / 10
