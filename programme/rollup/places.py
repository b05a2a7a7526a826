"""The units whose figures are to be worked out, on the map of one day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Q

from communes.models import AdministrativeUnit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from communes.querysets import UnitQuerySet


@dataclass(frozen=True, slots=True)
class Place:
    """What adding up asks of a unit."""

    parent_id: int | None
    path: str
    level: str
    is_in_programme: bool


@dataclass(frozen=True)
class Places:
    """Units of one day, and with each of them all that it lies in.

    `parents` are those of them that have children on that day; `is_whole` when these are all
    units there are.
    """

    by_id: dict[int, Place]
    parents: frozenset[int]
    day: date
    is_whole: bool

    @classmethod
    def whole(cls, day: date) -> Places:
        """Return the whole map of `day`; one query."""
        by_id = _read(day)
        parents = {place.parent_id for place in by_id.values() if place.parent_id in by_id}
        return cls(by_id, frozenset(filter(None, parents)), day, is_whole=True)

    @classmethod
    def holding(cls, paths: Iterable[str], day: date) -> Places:
        """Return the units on these paths and those they lie in; two queries.

        A path that is not on the map of `day` stands for what it would lie in.
        """
        by_id = _read(day, path__in={line for path in paths for line in _line(path)})
        found = cls(by_id, frozenset(), day, is_whole=False)
        codes = found.children().values_list("parent__code", flat=True).distinct()
        return replace(found, parents=frozenset(found.by_code[code] for code in codes))

    @cached_property
    def by_code(self) -> dict[str, int]:
        """Return the ids by official code, which on one day is that of one unit."""
        return {_code(place.path): pk for pk, place in self.by_id.items()}

    @cached_property
    def deepest_first(self) -> list[int]:
        """Return the ids so that every unit comes before the one it lies in."""
        return sorted(self.by_id, key=lambda pk: self.by_id[pk].path.count("/"), reverse=True)

    def at(self, field: str) -> Q:
        """Return the condition "`field` is one of these units"."""
        return Q() if self.is_whole else Q(**{f"{field}__in": list(self.by_id)})

    def children(self) -> UnitQuerySet:
        """Return the units of the day that lie right below one of these.

        The row of a parent may be another version than the one of the day; its code is not.
        """
        below = Q() if self.is_whole else Q(parent__code__in=list(self.by_code))
        return AdministrativeUnit.objects.on(self.day).filter(below).order_by()

    def is_commune(self, pk: int) -> bool:
        """Tell whether the programme judges this unit, and it is here."""
        return (place := self.by_id.get(pk)) is not None and place.is_in_programme

    def level(self, pk: int) -> str:
        """Return the level of the unit; nothing when it is not here."""
        return place.level if (place := self.by_id.get(pk)) else ""


def _read(day: date, **only: Iterable[str]) -> dict[int, Place]:
    units = AdministrativeUnit.objects.on(day).filter(**only).order_by()
    rows = list(units.values_list("pk", "path", "level", "kind"))
    keys = {path: pk for pk, path, _level, _kind in rows}
    return {
        pk: Place(
            keys.get(path.removesuffix(f"{_code(path)}/")),
            path,
            level,
            kind == AdministrativeUnit.Kind.COMMUNE,
        )
        for pk, path, level, kind in rows
    }


def _code(path: str) -> str:
    return path.rstrip("/").rpartition("/")[-1]


def _line(path: str) -> Iterable[str]:
    """Yield the path and all it lies in: /VN/62/608/, /VN/62/, /VN/."""
    codes = path.strip("/").split("/")
    return (f"/{'/'.join(codes[:depth])}/" for depth in range(len(codes), 0, -1))
