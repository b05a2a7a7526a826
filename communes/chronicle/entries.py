"""What is known of the map: what a list holds of a day, and what became of which unit."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ntm_portal.lib.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


class Change(StrEnum):
    """By which kind of change one version followed another."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    TRANSFER = "transfer"
    KIND = "kind"
    ABOLISH = "abolish"


# Changes after which a unit is another one, even where its code and its name went on.
MAKING_ANEW = frozenset({Change.MERGE, Change.SPLIT})


class Entry(NamedTuple):
    """A unit as a list has it; `begun` and `ended` are what that list says of its days."""

    code: str
    name: str
    name_en: str
    short_name: str
    kind: str
    level: str
    parent_code: str
    region_code: str
    source: str
    begun: date | None = None
    ended: date | None = None

    @property
    def naming(self) -> tuple[str, str]:
        """Return what a new spelling does not change, and a new name or kind does."""
        return (bare(self.name), self.kind)


@lru_cache(maxsize=50_000)  # lists of all days share most of their names
def bare(name: str) -> str:
    """Return a name as it is however it is spelled."""
    words = "".join(sign if sign.isalnum() else " " for sign in fold(name)).split()
    return "".join(word.lstrip("0") or "0" for word in words)


class Said(NamedTuple):
    """What a source says became of a unit, by code; no successor means that it does not say."""

    predecessor: str
    successor: str
    kind: str
    day: date | None
    note: str = ""
    legal_ref: str = ""
    is_main: bool = True
    source: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of one day: of all units, or, from a resolution, of those that it changed."""

    day: date
    entries: Mapping[str, Entry]
    is_whole: bool = True
    gone: frozenset[str] = frozenset()


@dataclass(slots=True)
class Version:
    """A unit as it was from one day to another; an empty end is open."""

    entry: Entry
    path: str
    first: date | None
    last: date | None
    parent: Version | None = field(default=None, repr=False)
    is_unresolved: bool = False

    @property
    def code(self) -> str:
        """Return its official code."""
        return self.entry.code

    @property
    def key(self) -> tuple[str, date | None]:
        """Return what no other version shares."""
        return (self.code, self.first)

    def is_on(self, day: date) -> bool:
        """Tell whether it is on the map of `day`."""
        return (self.first is None or self.first <= day) and (self.last is None or self.last >= day)


class Join(NamedTuple):
    """One version followed another."""

    predecessor: Version
    successor: Version
    kind: Change
    day: date
    note: str
    legal_ref: str
    is_main: bool


@dataclass(frozen=True, slots=True)
class Chronicle:
    """The whole map, of all days, as far as it is known."""

    versions: list[Version]
    joins: list[Join]
    reused: list[Version]  # its code was that of another unit before
