"""How many units each row of an answer still waits for, found with one query for all rows."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Min

from communes.models import StaleUnit
from criteria.models import ReportingRound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date


class Pending:
    """The units marked stale, by the code of every unit they lie at or below.

    On the present map that is where their figures are carried to.
    """

    def __init__(self, *, is_carried: bool = False) -> None:
        self._path = "unit__placement__place__path" if is_carried else "unit__path"

    def below(self, code: str, round_: ReportingRound) -> int:
        """Return how many units at or below `code` are still to be added up for the round."""
        return self.since(code, round_.status, round_.reference_date)

    def since(self, code: str, status: str, day: date) -> int:
        """Return the same for a round of this status and day."""
        if status == ReportingRound.Status.PUBLISHED:
            return 0
        return sum(since <= day for since in self._days_by_code.get(code, ()))

    @property
    def is_any(self) -> bool:
        """Tell whether any unit is still to be added up."""
        return bool(self._days_by_code)

    @cached_property
    def _days_by_code(self) -> Mapping[str, Sequence[date]]:
        found = defaultdict(list)
        marked = StaleUnit.objects.order_by().values_list("unit_id", self._path)
        for _unit, path, since in marked.annotate(Min("since")):
            for code in (path or "").strip("/").split("/"):
                found[code].append(since)
        return found
