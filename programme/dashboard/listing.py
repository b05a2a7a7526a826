"""A page of communes as the list shows them: where each lies, what it lacks, who has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Prefetch

from criteria.models import CriterionVerdict
from programme.dashboard import tallies
from programme.dashboard.tallies import Judged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from communes.models import AdministrativeUnit
    from criteria.models import Outcome
    from programme.dashboard.rounds import Rounds


@dataclass(frozen=True, slots=True)
class Listed:
    """A commune in the list."""

    unit: AdministrativeUnit
    lies_in: tuple[AdministrativeUnit, ...]
    criteria_met: int
    criteria_total: int
    verified: int | None
    change: int | None
    verdicts: tuple[Judged, ...]
    status: str
    is_recognised: bool

    @property
    def not_met(self) -> tuple[str, ...]:
        """Return the criteria it does not meet, in the order of the law."""
        return tallies.not_met(self.verdicts)


def for_listing(
    outcomes: QuerySet[Outcome, Any], rounds: Rounds, *, widest_first: bool = False
) -> QuerySet[Outcome, Any]:
    """Load with each outcome its commune and its verdicts; in the order of the map.

    With `widest_first` those come first that report most beyond what was verified.
    """
    verdicts = CriterionVerdict.objects.select_related("criterion").order_by("criterion__position")
    unit = "assessment__unit"
    place = f"{unit}__placement__place" if rounds.is_carried else unit
    first = [F("verified") - F("criteria_met")] if widest_first else []
    return (
        outcomes.select_related(place)
        .prefetch_related(Prefetch("verdicts", verdicts, to_attr="in_order"))
        .order_by(*first, f"{place}__path", f"{unit}__path")
    )


def listed(outcomes: Iterable[Any], within: AdministrativeUnit, rounds: Rounds) -> list[Listed]:
    """Return the rows of one page; `outcomes` carry the annotations of `communes.outcomes`."""
    found = list(outcomes)
    lies_in = lying_in([row.assessment.unit for row in found], within, rounds)
    return [
        Listed(
            unit=row.assessment.unit,
            lies_in=parents,
            criteria_met=row.criteria_met,
            criteria_total=row.criteria_total,
            verified=row.verified,
            change=None if row.before is None else row.criteria_met - row.before,
            verdicts=tuple(Judged(item.criterion.code, item.verdict) for item in row.in_order),
            status=row.assessment.get_status_display(),
            is_recognised=row.is_recognised,
        )
        for row, parents in zip(found, lies_in, strict=True)
    ]


def lying_in(
    communes: Iterable[AdministrativeUnit], within: AdministrativeUnit, rounds: Rounds
) -> list[tuple[AdministrativeUnit, ...]]:
    """Return for each commune the units it lies in below a place, the largest first; one query."""
    held = [_held_in(unit, rounds) for unit in communes]
    parents = _parents(held, within, rounds)
    return [tuple(parents[code] for code in codes if code in parents) for codes in held]


def _held_in(unit: AdministrativeUnit, rounds: Rounds) -> list[str]:
    """Return the codes of what it lies in; carried, down to the unit in which it stands."""
    return _codes(unit.placement.place.path) if rounds.is_carried else _codes(unit.path)[:-1]


def _parents(
    held: Iterable[list[str]], within: AdministrativeUnit, rounds: Rounds
) -> dict[str, AdministrativeUnit]:
    """Return by code the units below `within` among these, on the map that is shown."""
    codes = {code for line in held for code in line} - set(_codes(within.path))
    return {unit.code: unit for unit in rounds.units().filter(code__in=codes)}


def _codes(path: str) -> list[str]:
    return path.strip("/").split("/")
