"""How fast a figure moves, how fast it must, and where it will be on the day: pure.

The pace had is that of the straight line from the reading of at most four rounds ago to the newest.
The forecast goes on along that line to the day the target is due on; a share stays between 0 and
100, a count above 0. The pace needed is that of the line from the newest reading to the target.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from programme.dashboard.trend import Reading

ROUNDS = 4
DAYS_A_MONTH = Decimal("30.4375")
HUNDRED = Decimal(100)


class Outlook(StrEnum):
    """What the forecast says of a target."""

    REACHED = "reached"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Pace:
    """The line that was followed, the line that is needed, and where the first one ends.

    `needed` and `forecast` are nothing once the day the target is due on has come.
    """

    since: Reading
    now: Reading
    due: date
    goal: Decimal
    asks_for_less: bool
    had: Decimal
    needed: Decimal | None
    forecast: Decimal | None

    @property
    def days(self) -> int:
        """Return the days between the two readings."""
        return (self.now.day - self.since.day).days

    @property
    def days_left(self) -> int:
        """Return the days that are left; none once the day has come."""
        return max((self.due - self.now.day).days, 0)

    @property
    def gained(self) -> Decimal:
        """Return what was gained between the two readings."""
        return self.now.value - self.since.value

    @property
    def outlook(self) -> Outlook:
        """Return what the forecast says."""
        if self._reaches(self.now.value):
            return Outlook.REACHED
        if self.forecast is None:
            return Outlook.MISSED
        return Outlook.ON_TRACK if self._reaches(self.forecast) else Outlook.BEHIND

    def _reaches(self, value: Decimal) -> bool:
        return value < self.goal if self.asks_for_less else value >= self.goal


def work_out(
    readings: Sequence[Reading],
    *,
    goal: Decimal,
    due: date,
    asks_for_less: bool = False,
    is_share: bool = False,
) -> Pace | None:
    """Return the pace of a figure from its readings, the oldest first; one makes no pace."""
    if len(readings) < 2:  # a line has two ends
        return None
    since, now = readings[-1 - ROUNDS :][0], readings[-1]
    a_day = (now.value - since.value) / (now.day - since.day).days
    left = (due - now.day).days
    ahead = now.value + a_day * left
    return Pace(
        since=since,
        now=now,
        due=due,
        goal=goal,
        asks_for_less=asks_for_less,
        had=a_day * DAYS_A_MONTH,
        needed=(goal - now.value) / left * DAYS_A_MONTH if left > 0 else None,
        forecast=_possible(ahead, is_share=is_share) if left > 0 else None,
    )


def _possible(value: Decimal, *, is_share: bool) -> Decimal:
    return max(min(value, HUNDRED) if is_share else value, Decimal(0))
