"""The units that one was formed from, back to the first map, and what it became."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models.expressions import RawSQL

from communes.models import AdministrativeUnit, Succession

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

# A unit and all that went into it whole, from former to former.
_WENT_WHOLE = """
WITH RECURSIVE line (id) AS (
    SELECT CAST(%s AS bigint)
    UNION
    SELECT former.predecessor_id FROM {successions} former
    JOIN line ON line.id = former.successor_id
    JOIN {units} unit ON unit.id = former.predecessor_id
    WHERE former.kind <> %s AND unit.level = %s
)
SELECT id FROM line
"""


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
    """Follow a version back through what formed it; two queries, however long its line is."""
    rows = list(_back(unit))
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


def _back(unit: AdministrativeUnit) -> QuerySet[Succession]:
    """Return the successions that lead to a unit, of units of its own level."""
    statement = _WENT_WHOLE.format(
        successions=Succession._meta.db_table, units=AdministrativeUnit._meta.db_table
    )
    params = [unit.pk, Succession.Kind.SPLIT, unit.level]
    into = RawSQL(statement, params)  # noqa: S611  (no text of a reader in it)
    rows = Succession.objects.filter(successor__in=into, predecessor__level=unit.level)
    return rows.select_related("predecessor").order_by("predecessor__path")
