"""The map rewritten as a whole, in the caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from communes.changes import Changed, Kind, record_changes
from communes.chronicle.deriving import derive
from communes.models import AdministrativeUnit
from communes.placements import alone_on_the_map, map_changed
from communes.rewriting.known import known_listings, known_said
from communes.rewriting.references import Moved, move_references
from communes.rewriting.rows import write_units
from communes.rewriting.successions import write_successions
from communes.services import mark_map_changed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.base_user import AbstractBaseUser

    from communes.chronicle.entries import Chronicle
    from communes.rewriting.held import Held
    from communes.rewriting.rows import Written

BATCH = 500


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What was done to the map."""

    chronicle: Chronicle
    units: Written
    successions: tuple[int, int, int]
    references: Moved

    @property
    def is_unchanged(self) -> bool:
        """Tell whether every row was found as it should be."""
        units = self.units
        return not (units.added or units.changed or units.removed or any(self.successions))


def rewrite_map(*, by: AbstractBaseUser | None = None) -> Rewritten:
    """Work the map out from all that is known, and change the rows that say otherwise.

    1. Rows of versions that go on stay; others come, and days of some change.
    2. Successions join them.
    3. What refers to a version whose days changed goes to the one in force on its own day.
    4. Rows that are no version any more go.
    5. Figures of rounds whose map changed are owed, those of published rounds too.
    """
    alone_on_the_map()
    had_units = AdministrativeUnit.objects.exists()
    chronicle = derive(known_listings(), known_said())
    units = write_units(chronicle.versions)
    successions = write_successions(chronicle.joins, units.keys)
    references = move_references(chronicle, units.keys, units.shifted)
    _remove(units.removed)
    rewritten = Rewritten(chronicle, units, successions, references)
    if not rewritten.is_unchanged:
        map_changed()
        if had_units:
            _tell(units, by)
    return rewritten


def _remove(rows: Iterable[Held]) -> None:
    """Remove rows, those that lie in others before these."""
    by_depth: defaultdict[int, list[int]] = defaultdict(list)
    for row in rows:
        by_depth[row.path.count("/")].append(row.pk)
    for _depth, keys in sorted(by_depth.items(), reverse=True):
        for start in range(0, len(keys), BATCH):
            AdministrativeUnit.objects.filter(pk__in=keys[start : start + BATCH]).delete()


def _tell(units: Written, by: AbstractBaseUser | None) -> None:
    """Say that figures are owed, and to those who follow the ledger that the map changed."""
    mark_map_changed(units.owed, removed_since=_earliest(units))
    for kind in (Kind.UNIT, Kind.SUCCESSION):
        record_changes(kind, [Changed("", "/VN/")], by=by)


def _earliest(units: Written) -> date | None:
    days = [row.valid_from or date.min for row in units.removed]
    return min(days, default=None)
