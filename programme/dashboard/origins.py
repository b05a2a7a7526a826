"""What the figures of a unit of the present map are made of, in the units of the round's day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, Exists, F, JSONField, OuterRef, Q, When

from communes.models import Addend, AdministrativeUnit, Placement
from programme import carried
from programme.addends import Part

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from communes.models import Region
    from programme.dashboard.rounds import Rounds

How = Placement.How
LOWEST = AdministrativeUnit.Level.COMMUNE


@dataclass(frozen=True, slots=True)
class Former:
    """A unit of the round's day; of a divided one the `parts` are where it lies today.

    It is `open` if the reader may go there.
    """

    unit: AdministrativeUnit
    is_open: bool
    how: str = How.WHOLE
    parts: tuple[AdministrativeUnit, ...] = ()

    @property
    def is_divided(self) -> bool:
        """Tell whether it was divided between several units."""
        return self.how == How.DIVIDED


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose sums the figures are, less what left those units, and who stands here by itself.

    `partly` are units of which a part lies here while their figures stand higher up.
    """

    unit: AdministrativeUnit
    sources: tuple[Former, ...]
    less: tuple[Former, ...]
    partly: tuple[Former, ...]
    formers: tuple[Former, ...]

    @property
    def is_same(self) -> bool:
        """Tell whether it was formed from nothing but what had its code before."""
        return [item.unit.code for item in self.sources] == [self.unit.code] and not self.less

    @property
    def is_itself(self) -> bool:
        """Tell whether it is the very unit that the round asked."""
        return self.is_same and self.sources[0].unit.pk == self.unit.pk

    @property
    def divided(self) -> tuple[Former, ...]:
        """Return those that were divided."""
        return tuple(former for former in self.formers if former.is_divided)

    @property
    def unresolved(self) -> tuple[Former, ...]:
        """Return those of which nobody knows what they became."""
        return tuple(former for former in self.formers if former.how == How.UNRESOLVED)

    @property
    def regions(self) -> tuple[Region, ...]:
        """Return the regions in which the former units lay, each once."""
        units = [item.unit for item in self.sources]
        found = {unit.region.pk: unit.region for unit in units if unit.region}
        return tuple(found.values())


def read(
    unit: AdministrativeUnit, rounds: Rounds, reach: Iterable[str], *, has_silent: bool = True
) -> Origin | None:
    """Return what the figures are made of; nothing on the map of the round's day.

    One query, which also tells `rounds` what the units right below are made of; one more where
    there are `silent` formers, which say nothing by an addend.
    """
    if not rounds.is_carried:
        return None
    rows = list(_addends(unit, rounds))
    _remember(unit, rows, rounds)
    paths = tuple(reach)
    of_day = [row for row in rows if _is_on(row.unit, rounds.day)]
    by_sign: dict[int, list[Former]] = {1: [], 0: [], -1: []}
    for row in sorted(of_day, key=lambda row: row.unit.path):
        if row.into_id == unit.pk:
            by_sign[row.sign].append(Former(row.unit, row.unit.path.startswith(paths)))
    silent = _silent(unit, rounds.day) if has_silent else ()
    return Origin(
        unit=unit,
        sources=tuple(by_sign[1]),
        less=tuple(by_sign[-1]),
        partly=tuple(by_sign[0]),
        formers=tuple(_formers(unit, of_day, silent, paths)),
    )


def _addends(unit: AdministrativeUnit, rounds: Rounds) -> QuerySet[Addend]:
    """Return what the sums of a unit and of those right below are made of, on any day.

    With these the parts of divided units that stand here.
    """
    below = rounds.units().filter(Q(pk=unit.pk) | Q(parent__code=unit.code))
    divided = Placement.objects.filter(place=unit, how=How.DIVIDED)
    named = Q(into__in=below.order_by().values("pk"))
    parts = Q(sign=0, unit__in=divided.order_by().values("unit"))
    rows = Addend.objects.filter(named | parts).order_by("into__code", "unit__path")
    itself = When(unit=F("into"), then=F("into__boundary__lines"))  # told once
    return rows.select_related("unit__region", "unit__placement", "into__region").annotate(
        lines=Case(itself, output_field=JSONField()), by=F("into__boundary__attribution")
    )


def _remember(unit: AdministrativeUnit, rows: Sequence[Addend], rounds: Rounds) -> None:
    codes = unit.path.strip("/").count("/") + 1
    below = {
        row.into_id: row.into
        for row in rows
        if row.into.path.startswith(unit.path) and row.into.path.strip("/").count("/") == codes
    }
    for row in rows:
        if row.unit_id == row.into_id in below:
            told = vars(row)
            vars(below[row.into_id]).update(outline=told["lines"], outline_by=told["by"])
    known = {unit.pk, *below}
    rounds.addends.keep(
        known,
        (
            Part(row.unit_id, row.into_id, row.sign, row.unit.level)
            for row in rows
            if row.sign and row.into_id in known
        ),
    )
    rounds.addends.below[unit.pk] = sorted(below.values(), key=lambda item: item.code)


def silent() -> Exists:
    """Return the condition that a former commune stands in a unit of which no addend tells."""
    stands = Placement.objects.filter(place=OuterRef("pk"), unit__level=LOWEST).exclude(
        unit=OuterRef("pk")
    )
    told = Addend.objects.filter(Q(into=OuterRef("place")) | Q(sign=0), unit=OuterRef("unit"))
    return Exists(stands.filter(~Exists(told.order_by())).order_by())


def _silent(unit: AdministrativeUnit, day: date) -> Iterable[AdministrativeUnit]:
    told = Addend.objects.filter(Q(into=unit) | Q(sign=0), unit=OuterRef("pk"))
    return (
        AdministrativeUnit.objects.on(day)
        .filter(~Exists(told.order_by()), placement__place=unit, level=LOWEST)
        .exclude(pk=unit.pk)
        .select_related("placement")
    )


def unchanged(codes: Collection[str], day: date) -> dict[int, str]:
    """Return by id, with their codes, the units of the present map made of what had their code."""
    rows = carried.on_day(day).filter(into__code__in=codes).exclude(sign=0).order_by()
    known: dict[int, str] = {}
    changed: set[int] = set()
    for into, code, former, sign in rows.values_list("into", "into__code", "unit__code", "sign"):
        known[into] = code
        if sign < 0 or former != code:
            changed.add(into)
    return {pk: code for pk, code in known.items() if pk not in changed}


def _formers(
    unit: AdministrativeUnit,
    rows: Iterable[Addend],
    silent: Iterable[AdministrativeUnit],
    paths: tuple[str, ...],
) -> Sequence[Former]:
    standing = {item.pk: item for item in silent}
    parts = defaultdict(list)
    for row in rows:
        former = row.unit
        is_here = former.placement.place_id == unit.pk and former.pk != unit.pk
        if is_here and former.level == LOWEST:
            standing.setdefault(former.pk, former)
            if row.sign == 0:
                parts[former.pk].append(row.into)
    return [
        Former(item, item.path.startswith(paths), item.placement.how, tuple(parts[item.pk]))
        for item in sorted(standing.values(), key=lambda item: item.path)
    ]


def _is_on(unit: AdministrativeUnit, day: date) -> bool:
    begun = unit.valid_from is None or unit.valid_from <= day
    return begun and (unit.valid_to is None or day <= unit.valid_to)
