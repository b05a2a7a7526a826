"""A cut of communes: of a focus group, which the law names, of a region of the nation, of both."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, Value
from django.db.models.functions import StrIndex, Substr

from communes.models import AdministrativeUnit, Designation
from criteria.models import CriteriaSet, Criterion, CriterionVerdict
from criteria.models.assessments import Basis
from criteria.querysets import in_force_on
from programme.dashboard import tallies
from programme.dashboard.maps.choosing import UnknownChoiceError
from programme.dashboard.tallies import COUNTED, CRITERION, Cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import QuerySet

    from programme.dashboard.rounds import Rounds

GROUPS = {item.value: item.label for item in Designation.Kind}


def choose(asked: str) -> str:
    """Return the group an address asks for, empty for all, or raise UnknownChoiceError."""
    if asked and asked not in GROUPS:
        raise UnknownChoiceError("group", asked, GROUPS)
    return asked


def cells(
    place: AdministrativeUnit, units: Sequence[AdministrativeUnit], rounds: Rounds
) -> Mapping[str, Sequence[Cell]]:
    """Return by code the criteria of a place and of the units right below it.

    Of all communes as stored, of some counted from these, in one query.
    """
    if not rounds.is_cut:
        return tallies.of([place, *units], rounds)
    criterion = [f"criterion__{name}" for name in CRITERION]
    unit = "outcome__assessment__unit"
    rows = _verdicts(place, rounds).annotate(part=part(place, rounds, f"{unit}__"))
    counted: defaultdict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    criteria: dict[int, Criterion] = {}
    codes = {unit.path: unit.code for unit in units}
    for below, pk, position, code, name, name_en, verdict, number in rows.values_list(
        "part", *criterion, "verdict"
    ).annotate(Count("pk")):
        criteria[pk] = Criterion(pk=pk, position=position, code=code, name=name, name_en=name_en)
        held = codes.get(f"{place.path}{below}") if below else None
        for holding in (place.code, held) if held else (place.code,):
            counted[holding, pk][verdict] += number
    found: defaultdict[str, list[Cell]] = defaultdict(list)
    for holding, pk in sorted(counted, key=lambda key: criteria[key[1]].position):
        found[holding].append(_cell(criteria[pk], counted[holding, pk]))
    return found


def over_rounds(
    place: AdministrativeUnit, criterion: Criterion, rounds: Rounds
) -> Mapping[tuple[int, str], Cell]:
    """Return a criterion by round and basis, of those in the cut on the day of each; one query.

    On the map of each round's own day it is the unit with the same code.
    """
    unit = "outcome__assessment__unit"
    on_map = (
        {f"{unit}__{rounds.standing}path__startswith": place.path}
        if rounds.is_carried
        else {f"{unit}__path__contains": f"/{place.code}/"}
    )
    rows = CriterionVerdict.objects.filter(
        *([Exists(_held(rounds.group, unit))] if rounds.group else []),
        **({f"{unit}__region": rounds.region} if rounds.region else {}),
        criterion=criterion,
        outcome__assessment__round__in=[item.pk for item in rounds.up_to_chosen],
        outcome__assessment__unit__kind=AdministrativeUnit.Kind.COMMUNE,
        **on_map,
    )
    counted: defaultdict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    keys = ("outcome__assessment__round_id", "outcome__basis", "verdict")
    for round_id, basis, verdict, number in (
        rows.order_by().values_list(*keys).annotate(Count("pk"))
    ):
        counted[round_id, basis][verdict] += number
    return {key: _cell(criterion, found) for key, found in counted.items()}


def _held(group: str, unit: str) -> QuerySet[Designation]:
    """Return what puts the unit of a verdict into the group on the day of its round."""
    held = Designation.objects.filter(
        in_force_on(OuterRef("outcome__assessment__round__reference_date")),
        unit=OuterRef(unit),
        kind=group,
    )
    return held.order_by()


def part(place: AdministrativeUnit, rounds: Rounds, unit: str = "") -> Substr:
    """Return what the path of a unit on the map says next after that of a place, empty if no more.

    With it the communes are counted by the units right below, whatever level these have.
    """
    rest = Substr(F(f"{unit}{rounds.standing}path"), len(place.path) + 1)
    return Substr(rest, 1, StrIndex(rest, Value("/")))


def _verdicts(place: AdministrativeUnit, rounds: Rounds) -> QuerySet[CriterionVerdict]:
    return CriterionVerdict.objects.filter(
        outcome__basis=Basis.REPORTED,
        outcome__assessment__round=rounds.chosen,
        outcome__assessment__criteria_set__standard=CriteriaSet.Standard.NTM,
        outcome__assessment__unit__kind=AdministrativeUnit.Kind.COMMUNE,
        **rounds.within(place, "outcome__assessment__unit"),
    ).order_by()


def _cell(criterion: Criterion, counted: Counter[str]) -> Cell:
    return Cell(criterion, *(counted[name] for name in COUNTED))
