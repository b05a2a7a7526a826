"""A page of communes as the list shows them: where each lies, what it lacks, who has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch

from communes.models import AdministrativeUnit
from criteria.models import CriterionVerdict
from programme.dashboard import tallies
from programme.dashboard.tallies import Judged

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from criteria.models import Outcome


@dataclass(frozen=True, slots=True)
class Listed:
    """A commune in the list."""

    unit: AdministrativeUnit
    lies_in: tuple[AdministrativeUnit, ...]
    criteria_met: int
    criteria_total: int
    change: int | None
    verdicts: tuple[Judged, ...]
    status: str
    is_recognised: bool

    @property
    def not_met(self) -> tuple[str, ...]:
        """Return the criteria it does not meet, in the order of the law."""
        return tallies.not_met(self.verdicts)


def for_listing(outcomes: QuerySet[Outcome, Any]) -> QuerySet[Outcome, Any]:
    """Load with each outcome its commune and its verdicts; in the order of the map."""
    verdicts = CriterionVerdict.objects.select_related("criterion").order_by("criterion__position")
    return (
        outcomes.select_related("assessment__unit")
        .prefetch_related(Prefetch("verdicts", verdicts, to_attr="in_order"))
        .order_by("assessment__unit__path")
    )


def listed(outcomes: Iterable[Any], within: AdministrativeUnit, day: date) -> list[Listed]:
    """Return the rows of one page; `outcomes` carry the annotations of `communes.outcomes`."""
    found = list(outcomes)
    parents = _parents([row.assessment.unit.path for row in found], within, day)
    return [
        Listed(
            unit=row.assessment.unit,
            lies_in=tuple(
                parents[code] for code in _codes(row.assessment.unit.path)[:-1] if code in parents
            ),
            criteria_met=row.criteria_met,
            criteria_total=row.criteria_total,
            change=None if row.before is None else row.criteria_met - row.before,
            verdicts=tuple(Judged(item.criterion.code, item.verdict) for item in row.in_order),
            status=row.assessment.get_status_display(),
            is_recognised=row.is_recognised,
        )
        for row in found
    ]


def _parents(
    paths: Iterable[str], within: AdministrativeUnit, day: date
) -> dict[str, AdministrativeUnit]:
    """Return by code the units between `within` and these paths, on the map of the day."""
    above = set(_codes(within.path))
    codes = {code for path in paths for code in _codes(path)[:-1]} - above
    return {unit.code: unit for unit in AdministrativeUnit.objects.on(day).filter(code__in=codes)}


def _codes(path: str) -> list[str]:
    return path.strip("/").split("/")
