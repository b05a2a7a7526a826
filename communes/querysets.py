"""Questions about many units."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Max, Q, QuerySet
from django.db.models.expressions import RawSQL

from communes.paths import is_nation
from ntm_portal.lib.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from communes.change_models import Change
    from communes.models import AdministrativeUnit, StaleUnit
    from communes.resolution_models import FollowUp

_LINE = """
WITH RECURSIVE line (id, parent_id) AS (
    SELECT id, parent_id FROM {table} WHERE id IN ({units})
    UNION
    SELECT above.id, above.parent_id FROM {table} above JOIN line ON above.id = line.parent_id
)
SELECT id FROM line
"""


def path_within(paths: Iterable[str], field: str = "path") -> Q:
    """Return the condition "lies at or below one of these paths"; no path means nowhere."""
    paths = tuple(paths)
    if any(map(is_nation, paths)):
        return ~Q(pk__in=[])  # all there is: the database need not look each unit up
    return reduce(or_, (Q(**{f"{field}__startswith": path}) for path in paths), Q(pk__in=[]))


class UnitQuerySet(models.QuerySet["AdministrativeUnit"]):
    """Units by day, by place and by what the programme asks of them."""

    def on(self, day: date) -> Self:
        """Keep the versions in force on `day`: the map of that day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )

    def within(self, paths: Iterable[str]) -> Self:
        """Keep the units that lie at or below one of `paths`."""
        return self.filter(path_within(paths))

    def in_line_of(self, units: QuerySet[AdministrativeUnit]) -> Self:
        """Keep these units and all that they lie in, however many levels there are.

        Asked from parent to parent: no index finds the paths with which a path begins.
        """
        inner, params = units.order_by().values("pk").query.sql_with_params()
        statement = _LINE.format(table=self.model._meta.db_table, units=inner)
        return self.filter(pk__in=RawSQL(statement, params))  # noqa: S611  (no text of a reader in it)

    def in_programme(self) -> Self:
        """Keep the units the programme judges (xã)."""
        return self.filter(kind=self.model.Kind.COMMUNE)

    def named(self, text: str) -> Self:
        """Keep the units whose name contains `text`, tone marks ignored, or whose code it is."""
        return self.filter(Q(search_name__contains=fold(text)) | Q(code=text.strip()))


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    """What followed to successors, by who is to look at it."""

    def within(self, paths: Iterable[str]) -> Self:
        """Keep what resolutions in these areas brought; what a list brought is the nation's."""
        return self.filter(path_within(paths, "resolution__path"))

    def to_check(self) -> Self:
        """Keep what nobody has looked at yet."""
        return self.filter(checked_at=None)


class StaleUnitQuerySet(models.QuerySet["StaleUnit"]):
    """Marks the roll-up has not yet worked off."""

    def pending_units(self) -> int:
        """Return how many units await the roll-up."""
        return self.values("unit_id").distinct().count()


class ChangeQuerySet(models.QuerySet["Change"]):
    """Lines of the ledger by place and order."""

    def within(self, paths: Iterable[str]) -> Self:
        """Keep what happened at or below one of `paths`, and what belongs to no place."""
        return self.filter(Q(path="") | path_within(paths))

    def after(self, seq: int) -> Self:
        """Keep what was committed after number `seq`, in order."""
        return self.filter(seq__gt=seq).order_by("seq")

    def of(self, kind: str, key: str | int) -> Self:
        """Keep what happened to one thing, also as one of many that were written in bulk."""
        return self.filter(kind=kind, key__in=[str(key), ""])

    def last_seq(self) -> int:
        """Return the highest number; 0 when there is none."""
        return self.aggregate(last=Max("seq"))["last"] or 0
