"""The unit a page is about, and what stands around it on the map: one query for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from communes.models import AdministrativeUnit, PlacedMap, Placement, StaleUnit, Succession
from criteria.merging.formers import FORMING
from criteria.models import Recognition
from ntm_portal.lib import json_rows
from programme.dashboard import origins, other_map
from programme.dashboard.freshness import Freshness
from programme.models import RollupState, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from programme.dashboard.origins import Former, Origin
    from programme.dashboard.other_map import MapMenu
    from programme.dashboard.rounds import Rounds

ITSELF = (Recognition.Standard.NTM, Recognition.Standard.COMPLETED)


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision that recognises the unit itself."""

    decision_number: str
    decision_date: date
    standard_year: int


@dataclass(frozen=True, slots=True)
class Ground:
    """A unit, the units it lies in from the nation down, and what is owed and decided there.

    `maps` says where the other map shows it, `origin` on the present map what its figures are
    made of. A unit formed from several was neither decided on nor given a target on the day.
    """

    unit: AdministrativeUnit
    line: tuple[AdministrativeUnit, ...]
    freshness: Freshness
    decision: Decision | None
    targets: tuple[Target, ...]  # its own, in order
    maps: MapMenu | None
    origin: Origin | None
    has_merged: bool  # units that a merger formed by the round's day
    members: int | None  # communes of the focus group or region that is chosen

    @property
    def formers(self) -> tuple[Former, ...]:
        """Return the former communes whose figures stand right here on the present map."""
        return self.origin.formers if self.origin else ()

    @property
    def is_summed(self) -> bool:
        """Tell whether its figures are a sum: of what lies in it, or of what it was formed from."""
        if self.origin and not self.origin.is_itself:
            return True
        return self.unit.level != AdministrativeUnit.Level.COMMUNE


def find(code: str, rounds: Rounds, reach: Iterable[str]) -> Ground | None:
    """Return the ground of a code on the map that is shown, as far as one may read."""
    reach = tuple(reach)
    units = rounds.units().within(reach).filter(code=code)
    line = _annotated(AdministrativeUnit.objects.in_line_of(units), code, rounds)
    rows = sorted(line.select_related("region"), key=lambda item: len(item.path))
    if not rows:
        return None
    unit = rows[-1]
    has_silent = bool(vars(unit)["has_silent"])
    origin = origins.read(unit, rounds, reach, has_silent=has_silent)
    maps = other_map.menu(
        unit, rounds, origin, vars(unit)["placed_since"], vars(unit)["place_path"], reach
    )
    return _ground(rows, rounds, origin, maps)


def below(unit: AdministrativeUnit, rounds: Rounds) -> list[AdministrativeUnit]:
    """Return the units directly below a place on the map that is shown, each with its region.

    Where a region is chosen they are those that lie in it. On another map they may lie in several.
    An outline that is known of one comes with it, as `outline` and, by whom, `outline_by`.
    """
    if rounds.is_carried and unit.pk in rounds.addends.below:
        return list(rounds.addends.below[unit.pk])
    units = rounds.units().filter(parent__code=unit.code).select_related("region")
    if rounds.region and not rounds.is_carried:
        units = units.filter(region=rounds.region)
    return list(units.annotate(outline=F("boundary__lines"), outline_by=F("boundary__attribution")))


def _annotated(
    units: QuerySet[AdministrativeUnit], code: str, rounds: Rounds
) -> QuerySet[AdministrativeUnit]:
    """Add what the page tells of one unit; what has to be counted is counted for that one alone."""
    decided = Recognition.objects.in_force(rounds.day).filter(
        unit__code=OuterRef("code"), standard__in=ITSELF
    )
    latest = decided.order_by("-decision_date", "-pk")
    placed = Placement.objects.filter(unit=OuterRef("pk"))
    return units.annotate(
        refreshed_at=Subquery(RollupState.objects.values("refreshed_at")[:1]),
        pending=Case(When(code=code, then=Coalesce(_pending(rounds), 0))),
        members=Case(When(code=code, then=_members(rounds))),
        has_silent=Case(When(code=code, then=origins.silent())) if rounds.is_carried else Value(0),
        targets=Case(
            When(
                code=code, then=json_rows.beside(Target.objects.filter(unit_code=OuterRef("code")))
            )
        ),
        decision_number=Subquery(latest.values("decision_number")[:1]),
        decision_date=Subquery(latest.values("decision_date")[:1]),
        standard_year=Subquery(latest.values("standard_year")[:1]),
        is_formed=Case(When(code=code, then=Exists(_mergers(rounds))), default=False),
        place_path=Subquery(placed.values("place__path")[:1]),
        placed_since=Subquery(PlacedMap.objects.values("from_day")[:1]),
    )


def _mergers(rounds: Rounds) -> QuerySet[Succession]:
    """Return what formed units at or below each one, by the round's day."""
    return Succession.objects.filter(
        kind__in=FORMING,
        effective_date__lte=rounds.day,
        successor__level=AdministrativeUnit.Level.COMMUNE,
        successor__path__startswith=OuterRef("path"),
    ).order_by()


def _pending(rounds: Rounds) -> Subquery:
    """Return how many units at or below each one are owed; a published round owes nothing."""
    chosen = rounds.chosen
    if chosen is None or chosen.is_frozen:
        return Subquery(StaleUnit.objects.none().values("pk"), IntegerField())
    place = "unit__placement__place" if rounds.is_carried else "unit"
    below_it = {f"{place}__path__startswith": OuterRef("path")}
    marks = StaleUnit.objects.filter(**below_it, since__lte=chosen.reference_date)
    alike = marks.order_by().annotate(one=Coalesce("pk", 0) * 0).values("one")
    counted = alike.annotate(number=Count("unit", distinct=True))
    return Subquery(counted.values("number"), IntegerField())


def _members(rounds: Rounds) -> Subquery | Cast:
    """Return how many communes of the cut stand at or below each one on the map shown."""
    if not rounds.is_cut:
        return Cast(Value(None), IntegerField())  # PostgreSQL wants a type
    units = AdministrativeUnit.objects.on(rounds.day).in_programme().order_by()
    alike = (
        rounds.kept(units)
        .filter(**{f"{rounds.standing}path__startswith": OuterRef("path")})
        .annotate(one=Value(1))
        .values("one")
    )
    return Subquery(alike.annotate(number=Count("pk")).values("number"), IntegerField())


def _ground(
    line: Sequence[AdministrativeUnit], rounds: Rounds, origin: Origin | None, maps: MapMenu | None
) -> Ground:
    unit = line[-1]
    found = vars(unit)  # what the query added; no field of the model
    refreshed_at: datetime | None = found["refreshed_at"]
    is_same = origin is None or origin.is_same
    number = found["decision_number"] if is_same else None
    return Ground(
        unit=unit,
        line=_line(line, rounds.map_day),
        freshness=Freshness(refreshed_at, found["pending"]),
        decision=Decision(number, found["decision_date"], found["standard_year"])
        if number is not None
        else None,
        targets=_targets(found["targets"]) if is_same else (),
        maps=maps,
        origin=origin,
        has_merged=found["is_formed"],
        members=(found["members"] or 0) if rounds.is_cut else None,
    )


def _targets(told: list[dict[str, str]] | None) -> tuple[Target, ...]:
    known = json_rows.of(Target, told)
    return tuple(sorted(known, key=lambda target: (target.position, target.code)))


def _line(line: Sequence[AdministrativeUnit], day: date) -> tuple[AdministrativeUnit, ...]:
    """Return the units from the nation down; where a parent has another version by now, ask."""
    if all(_is_in_force(item, day) for item in line):
        return tuple(line)
    codes = line[-1].path.strip("/").split("/")
    units = AdministrativeUnit.objects.on(day).filter(Q(code__in=codes))
    known = {item.code: item for item in units}
    return tuple(known[code] for code in codes if code in known)


def _is_in_force(unit: AdministrativeUnit, day: date) -> bool:
    begun = unit.valid_from is None or unit.valid_from <= day
    return begun and (unit.valid_to is None or day <= unit.valid_to)
