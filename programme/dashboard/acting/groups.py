"""The focus groups: communes with a standing the law gives them on the round's day."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef

from communes.models import Designation
from criteria.models import CriteriaSet, Criterion, CriterionVerdict
from criteria.models.assessments import Basis
from criteria.querysets import in_force_on
from programme.dashboard.maps.choosing import UnknownChoiceError
from programme.dashboard.tallies import COUNTED, Cell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from communes.models import AdministrativeUnit
    from programme.dashboard.rounds import Rounds

GROUPS = {item.value: item.label for item in Designation.Kind}


def choose(asked: str) -> str:
    """Return the group an address asks for, empty for all, or raise UnknownChoiceError."""
    if asked and asked not in GROUPS:
        raise UnknownChoiceError(asked, GROUPS)
    return asked


def holds(group: str, day: date, unit: str) -> Exists:
    """Return the condition that the commune in the field `unit` belongs to a group on a day."""
    return Exists(
        Designation.objects.filter(in_force_on(day), unit=OuterRef(unit), kind=group).order_by()
    )


def cells(
    place: AdministrativeUnit, units: Sequence[AdministrativeUnit], rounds: Rounds, group: str
) -> dict[str, list[Cell]]:
    """Return by code the criteria of a place and of the units below, of this group alone.

    Two queries. Carried to the present map only the place itself is told: the communes of the
    group stand on the map of the round.
    """
    asked = CriterionVerdict.objects.filter(
        holds(group, rounds.day, "outcome__assessment__unit"),
        outcome__basis=Basis.REPORTED,
        outcome__assessment__round=rounds.chosen,
        outcome__assessment__criteria_set__standard=CriteriaSet.Standard.NTM,
        **rounds.within(place, "outcome__assessment__unit"),
    ).order_by()
    counted: defaultdict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    parts = {} if rounds.is_carried else {unit.path: unit.code for unit in units}
    for path, criterion, verdict, number in asked.values_list(
        "outcome__assessment__unit__parent__path", "criterion_id", "verdict"
    ).annotate(Count("pk")):
        holding = [code for part, code in parts.items() if path.startswith(part)]
        for code in (place.code, *holding):
            counted[code, criterion][verdict] += number
    criteria = Criterion.objects.in_bulk({pk for _code, pk in counted})
    found: defaultdict[str, list[Cell]] = defaultdict(list)
    for code, pk in sorted(counted, key=lambda key: criteria[key[1]].position):
        found[code].append(Cell(criteria[pk], *(counted[code, pk][name] for name in COUNTED)))
    return found
