"""How many units each row of an answer still waits for, found with one query for all rows."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Min

from communes.models import StaleUnit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from criteria.models import ReportingRound


class Pending:
    """The units marked stale, by the code of every unit they lie at or below."""

    def below(self, code: str, round_: ReportingRound) -> int:
        """Return how many units at or below `code` are still to be added up for the round."""
        if round_.is_frozen:
            return 0
        return sum(since <= round_.reference_date for since in self._days_by_code.get(code, ()))

    @cached_property
    def _days_by_code(self) -> Mapping[str, Sequence[date]]:
        found = defaultdict(list)
        marked = StaleUnit.objects.order_by().values_list("unit_id", "unit__path")
        for _unit, path, since in marked.annotate(Min("since")):
            for code in path.strip("/").split("/"):
                found[code].append(since)
        return found
