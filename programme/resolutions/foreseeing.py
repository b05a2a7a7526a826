"""What a resolution would change beyond the map: assessments, areas, targets, thresholds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from communes.loading import official_days
from communes.resolving.foreseeing import Foreseen, foresee_map
from criteria.models import Assessment, ReportingRound
from programme.resolutions.following import Follow, what_follows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from communes.resolving.acts import Act

MOST_SHOWN = 50
MOST_VERSIONS = 200  # of each, on a page


@dataclass(frozen=True, slots=True)
class Effects:
    """All that would be otherwise."""

    foreseen: Foreseen
    open_assessments: list[Assessment]
    open_count: int
    follows: list[Follow]
    denied_by: list[tuple[date, str]]  # days of official lists, and which unit they have

    @property
    def hidden(self) -> int:
        """Return how many versions a page leaves out."""
        shown = (self.foreseen.former, self.foreseen.coming)
        return sum(max(len(versions) - MOST_VERSIONS, 0) for versions in shown)

    @property
    def changes_nothing(self) -> bool:
        """Tell whether the map would stay as it is."""
        return not (self.foreseen.former or self.foreseen.coming or self.foreseen.passings)


def foresee(act: Act) -> Effects:
    """Return what the act would change; nothing is written."""
    foreseen = foresee_map(act)
    rows = open_on(act.day, (item.path for item in (*foreseen.former, *foreseen.coming)))
    return Effects(
        foreseen,
        list(rows[:MOST_SHOWN]),
        rows.count(),
        what_follows(foreseen.passings, act.day),
        _denials(act, foreseen),
    )


def _denials(act: Act, foreseen: Foreseen) -> list[tuple[date, str]]:
    """Return where a later official list has a unit otherwise than the act leaves it."""
    days = set(official_days())
    return [
        (item.first, item.entry.name)
        for item in foreseen.coming
        if item.first in days and item.first > act.day and item.code in act.codes
    ]


def open_on(day: date, paths: Iterable[str]) -> QuerySet[Assessment]:
    """Return the assessments of units at these paths in open rounds of the day or later."""
    rows = Assessment.objects.filter(
        unit__path__in=set(paths),
        round__in=ReportingRound.objects.open(),
        round__reference_date__gte=day,
    )
    return rows.select_related("unit", "round", "criteria_set").order_by("unit__path", "round")
