"""Where the units of all days stand on the map of one day: the rule, without the database.

A unit that is on that map stands there itself. One that went whole into another stands where
that one stands. One that was divided stands in the deepest unit that holds all its parts, and one
of which nobody knows what it became stands where the unit stands in which it lay.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date


class How(StrEnum):
    """By which way a unit came to stand where it does."""

    ITSELF = "itself"
    WHOLE = "whole"
    DIVIDED = "divided"
    UNRESOLVED = "unresolved"


class Version(NamedTuple):
    """What carrying asks of one version of a unit."""

    pk: int
    parent_id: int | None
    path: str
    valid_from: date | None
    valid_to: date | None

    def is_on(self, day: date) -> bool:
        """Tell whether it is on the map of the day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or self.valid_to >= day)


class Placed(NamedTuple):
    """The unit of the day's map where a version stands, and how it came there."""

    place: Version
    how: How
    parts: tuple[Version, ...] = ()


def place_all(
    versions: Iterable[Version], successions: Iterable[tuple[int, int]], day: date
) -> dict[int, Placed]:
    """Return by id where each version stands on the map of `day`."""
    by_id = {version.pk: version for version in versions}
    successors: dict[int, list[int]] = defaultdict(list)
    for before, after in successions:
        if before in by_id and after in by_id:
            successors[before].append(after)
    placing = _Placing(by_id, successors, day)
    found = ((pk, placing.of(pk)) for pk in by_id)
    return {pk: placed for pk, placed in found if placed}


def addends(
    versions: Iterable[Version], placed: Mapping[int, Placed]
) -> Iterator[tuple[int, str, int]]:
    """Yield (id, path, sign): the sum at `path` holds the sum of the unit `sign` times.

    The sum of a unit holds those of its children already; so only the difference counts between
    what it lies in now and what the unit lies in now in which it lay. Where a part of a divided
    unit lies, it is named with the sign 0: nothing of it is added there.
    """
    for version in versions:
        if version.pk not in placed:
            continue
        here = placed[version.pk]
        parent = placed.get(version.parent_id) if version.parent_id else None
        above = parent.place.path if parent else ""
        for path, sign in _differences(here.place.path, above):
            yield version.pk, path, sign
        if here.parts:
            parts = {part.path for part in here.parts}
            parts -= {*line(here.place.path), *line(above)}
            yield from ((version.pk, path, 0) for path in sorted(parts))


@lru_cache(maxsize=20_000)  # most units of all days went into few places
def _differences(here: str, above: str) -> tuple[tuple[str, int], ...]:
    """Return the paths of one line that the other has not, with +1, and those it alone has."""
    now, before = set(line(here)), set(line(above) if above else ())
    added = ((path, +1) for path in sorted(now - before))
    return (*added, *((path, -1) for path in sorted(before - now)))


def line(path: str) -> Iterator[str]:
    """Yield the paths of all that a path lies in and itself, the nation first."""
    codes = path.strip("/").split("/")
    return (f"/{'/'.join(codes[:depth])}/" for depth in range(1, len(codes) + 1))


@dataclass(slots=True)
class _Placing:
    by_id: Mapping[int, Version]
    successors: Mapping[int, Collection[int]]
    day: date
    on_map: dict[str, Version] = field(init=False)
    known: dict[int, Placed | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.on_map = {
            version.path: version for version in self.by_id.values() if version.is_on(self.day)
        }

    def of(self, pk: int | None) -> Placed | None:
        if pk is None or pk not in self.by_id:
            return None
        if pk not in self.known:
            self.known[pk] = None  # should the map ever say that a unit became itself again
            self.known[pk] = self._place(self.by_id[pk])
        return self.known[pk]

    def _place(self, version: Version) -> Placed | None:
        if version.is_on(self.day):
            return Placed(version, How.ITSELF)
        if version.valid_from and version.valid_from > self.day:
            return None  # figures are carried forward in time only
        after = [placed for pk in self.successors.get(version.pk, ()) if (placed := self.of(pk))]
        if not after:
            parent = self.of(version.parent_id)
            return Placed(parent.place, How.UNRESOLVED) if parent else None
        if len(after) == 1:  # as most do
            (only,) = after
            return only._replace(how=How.WHOLE) if only.how is How.ITSELF else only
        parts = {part.path: part for placed in after for part in placed.parts or (placed.place,)}
        if len({placed.place.path for placed in after}) > 1:
            holder = self._holding(parts)
            return Placed(holder, How.DIVIDED, tuple(parts.values())) if holder else None
        hows = {placed.how for placed in after}
        passed_on = next((how for how in (How.UNRESOLVED, How.DIVIDED) if how in hows), How.WHOLE)
        kept = tuple(parts.values()) if passed_on is How.DIVIDED else ()
        return Placed(after[0].place, passed_on, kept)

    def _holding(self, paths: Iterable[str]) -> Version | None:
        """Return the deepest unit of the map that holds all these."""
        shared = set.intersection(*(set(line(path)) for path in paths))
        held = (self.on_map[path] for path in sorted(shared, reverse=True) if path in self.on_map)
        return next(held, None)
