"""The pace of the best third of the units below a place, as if all had it; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from programme.dashboard.pace import DAYS_A_MONTH, HUNDRED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from programme.dashboard.children import Row

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class BestThird:
    """How much the best third gained a month, and where the place would be with that.

    Counted to the day the target is due or, once that has come, to a year after the round's day.
    """

    rows: tuple[Row, ...]
    a_month: Decimal
    until: date
    value: Decimal


def best_third(
    rows: Iterable[Row], now: Decimal, days: int, *, day: date, due: date
) -> BestThird | None:
    """Return what the pace of the best third of the units would lead to; of none, nothing."""
    moved = sorted(
        (row for row in rows if not row.is_commune and row.change is not None),
        key=lambda row: -(row.change or 0),
    )
    best = tuple(moved[: max(len(moved) // 3, 1)])
    if not best or days <= 0:
        return None
    a_day = sum((row.change or Decimal(0) for row in best), Decimal(0)) / len(best) / days
    until = due if due > day else day + YEAR
    value = max(min(now + a_day * (until - day).days, HUNDRED), Decimal(0))
    return BestThird(best, a_day * DAYS_A_MONTH, until, value)
