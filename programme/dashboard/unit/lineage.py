"""The units that one was formed from, back to the first map, and what it became."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from communes.models import AdministrativeUnit, Succession

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from django.db.models import QuerySet

GENERATIONS = 20  # more changes than any unit has seen


@dataclass(frozen=True, slots=True)
class Break:
    """A day on which the figures of a unit begin to mean another area."""

    day: date
    kind: str
    units: Sequence[AdministrativeUnit]
    is_end: bool = False


@dataclass(frozen=True, slots=True)
class Lineage:
    """The versions whose sum the unit was in each round, and the breaks between them.

    A former unit that was divided is named at its break, and its figures are in no sum.
    """

    unit_ids: frozenset[int]
    breaks: Sequence[Break]


def read(unit: AdministrativeUnit) -> Lineage:
    """Follow a version back through what formed it; one query for two changes of the map."""
    rows = _back(unit)
    forward = Succession.objects.filter(
        predecessor__in=[unit.pk, *(row.predecessor_id for row in rows)]
    )
    onward = list(forward.select_related("successor").order_by("successor__path"))
    divided = {row.predecessor_id for row in onward if row.kind == Succession.Kind.SPLIT}
    before: defaultdict[tuple[date, str], list[AdministrativeUnit]] = defaultdict(list)
    for row in rows:
        before[row.effective_date, row.kind].append(row.predecessor)
    breaks = [Break(day, kind, units) for (day, kind), units in before.items()]
    after: defaultdict[tuple[date, str], list[AdministrativeUnit]] = defaultdict(list)
    for row in onward:
        if row.predecessor_id == unit.pk:
            after[row.effective_date, row.kind].append(row.successor)
    breaks += [Break(day, kind, units, is_end=True) for (day, kind), units in after.items()]
    whole = {row.predecessor_id for row in rows} - divided
    return Lineage(
        frozenset({unit.pk, *whole}), sorted(breaks, key=lambda item: (item.day, item.is_end))
    )


def _back(unit: AdministrativeUnit) -> list[Succession]:
    """Return the successions that lead to a unit, of units of its own level."""
    found: dict[int, Succession] = {}
    newest = {unit.pk}
    for _ in range(0, GENERATIONS, 2):
        rows = Succession.objects.filter(
            Q(successor__in=newest) | Q(successor__in=_formers_of(newest)),
            predecessor__level=unit.level,
        )
        found |= {
            row.pk: row for row in rows.select_related("predecessor").order_by("predecessor__path")
        }
        first = _whole(found.values(), newest)
        newest = _whole(found.values(), first) - newest - first
        if not newest:
            break
    return list(found.values())


def _formers_of(newest: Iterable[int]) -> QuerySet[Succession, Any]:  # of ids alone
    """Return the ids of what went whole into units."""
    rows = Succession.objects.filter(successor__in=newest).exclude(kind=Succession.Kind.SPLIT)
    return rows.order_by().values("predecessor")


def _whole(rows: Iterable[Succession], into: Collection[int]) -> set[int]:
    return {
        row.predecessor_id
        for row in rows
        if row.successor_id in into and row.kind != Succession.Kind.SPLIT
    }
