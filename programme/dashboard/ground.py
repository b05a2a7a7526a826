"""The unit a page is about, and what stands around it on the map: one query for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from communes.models import AdministrativeUnit, StaleUnit
from criteria.models import Recognition
from programme.dashboard.freshness import Freshness
from programme.models import RollupState, Target

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from programme.dashboard.rounds import Rounds

# From a unit up through as many parents as there are levels, however few it has.
PARENTS = ["__".join(["parent"] * depth) for depth in range(1, len(AdministrativeUnit.Level))]
ITSELF = (Recognition.Standard.NTM, Recognition.Standard.COMPLETED)


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision that recognises the unit itself."""

    decision_number: str
    decision_date: date
    standard_year: int


@dataclass(frozen=True, slots=True)
class Ground:
    """A unit, the units it lies in from the nation down, and what is owed and decided there."""

    unit: AdministrativeUnit
    line: tuple[AdministrativeUnit, ...]
    freshness: Freshness
    decision: Decision | None
    has_targets: bool


def find(code: str, rounds: Rounds, reach: Iterable[str]) -> Ground | None:
    """Return the ground of a code on the map of the round's day, as far as one may read."""
    units = AdministrativeUnit.objects.within(reach).on(rounds.day).filter(code=code)
    unit = _annotated(units, rounds).select_related("region", *PARENTS).first()
    return None if unit is None else _ground(unit, rounds)


def below(unit: AdministrativeUnit, day: date) -> list[AdministrativeUnit]:
    """Return the units directly below a place on the map of the day, each with its region."""
    units = AdministrativeUnit.objects.on(day).filter(parent__code=unit.code)
    return list(units.select_related("region"))


def _annotated(units: QuerySet[AdministrativeUnit], rounds: Rounds) -> QuerySet[AdministrativeUnit]:
    decided = Recognition.objects.in_force(rounds.day).filter(
        unit__code=OuterRef("code"), standard__in=ITSELF
    )
    latest = decided.order_by("-decision_date", "-pk")
    return units.annotate(
        refreshed_at=Subquery(RollupState.objects.values("refreshed_at")[:1]),
        pending=Coalesce(_pending(rounds), 0),
        has_targets=Exists(Target.objects.filter(unit_code=OuterRef("code"))),
        decision_number=Subquery(latest.values("decision_number")[:1]),
        decision_date=Subquery(latest.values("decision_date")[:1]),
        standard_year=Subquery(latest.values("standard_year")[:1]),
    )


def _pending(rounds: Rounds) -> Subquery:
    """Return how many units at or below each one are owed; a published round owes nothing."""
    chosen = rounds.chosen
    if chosen is None or chosen.is_frozen:
        return Subquery(StaleUnit.objects.none().values("pk"), IntegerField())
    marks = StaleUnit.objects.filter(
        unit__path__startswith=OuterRef("path"), since__lte=chosen.reference_date
    )
    alike = marks.order_by().annotate(one=Coalesce("pk", 0) * 0).values("one")
    counted = alike.annotate(number=Count("unit", distinct=True))
    return Subquery(counted.values("number"), IntegerField())


def _ground(unit: AdministrativeUnit, rounds: Rounds) -> Ground:
    found = vars(unit)  # what the query added; no field of the model
    refreshed_at: datetime | None = found["refreshed_at"]
    number = found["decision_number"]
    return Ground(
        unit=unit,
        line=_line(unit, rounds.day),
        freshness=Freshness(refreshed_at, found["pending"]),
        decision=Decision(number, found["decision_date"], found["standard_year"])
        if number is not None
        else None,
        has_targets=found["has_targets"],
    )


def _line(unit: AdministrativeUnit, day: date) -> tuple[AdministrativeUnit, ...]:
    """Return the units from the nation down; where a parent has another version by now, ask."""
    line = [unit]
    while (parent := line[0].parent) is not None:
        line.insert(0, parent)
    if all(_is_in_force(item, day) for item in line):
        return tuple(line)
    codes = unit.path.strip("/").split("/")
    units = AdministrativeUnit.objects.on(day).filter(Q(code__in=codes))
    known = {item.code: item for item in units}
    return tuple(known[code] for code in codes if code in known)


def _is_in_force(unit: AdministrativeUnit, day: date) -> bool:
    begun = unit.valid_from is None or unit.valid_from <= day
    return begun and (unit.valid_to is None or day <= unit.valid_to)
