"""Which version followed which: what the successions say, and what goes without saying."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from communes.chronicle.entries import MAKING_ANEW, Change, Join, Said, Version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ONE_DAY = timedelta(days=1)
# Should several rows speak of the same two versions, the weightiest is kept.
WEIGHT = list(Change)


class Joining:
    """Joins versions by what is said of their codes."""

    def __init__(self, versions: Mapping[str, list[Version]], said: Iterable[Said]) -> None:
        self.versions = versions
        self.said = list(said)
        self.out: defaultdict[str, list[Said]] = defaultdict(list)
        for row in self.said:
            self.out[row.predecessor].append(row)
        self.found: dict[tuple[int, int], Join] = {}
        self.of: defaultdict[int, list[Join]] = defaultdict(list)
        self.to: defaultdict[int, list[Join]] = defaultdict(list)

    def joins(self) -> list[Join]:
        """Return every join once."""
        for row in self.said:
            if row.day and row.successor:
                self._join_said(row, row.day)
        for versions in self.versions.values():
            for former, latter in pairwise(versions):
                self._join_itself(former, latter)
        return list(self.found.values())

    def reused(self) -> list[Version]:
        """Return the versions whose code was that of another unit before."""
        return [
            latter
            for versions in self.versions.values()
            for former, latter in pairwise(versions)
            if (id(former), id(latter)) not in self.found
        ]

    def _join_said(self, row: Said, day: date) -> None:
        """Join what stood before the day with what stood from it on.

        Some lists dropped a unit before the day that another source gives: then what followed
        is looked for on the day on which it was gone.
        """
        former = self._on(row.predecessor, day - ONE_DAY)
        if former is None:
            former = self._last_before(row.predecessor, day)
            if former is None or former.last is None or self.of.get(id(former)):
                return
            gone = former.last + ONE_DAY
            day = gone if self._on(row.successor, gone) else day
        for latter in self._standing(row.successor, day, depth=0):
            self._add(former, latter, row, day)

    def _standing(self, code: str, day: date, *, depth: int) -> Iterator[Version]:
        """Yield what the code stood for on the day; or, on no list, what that became in turn."""
        version = self._on(code, day)
        if version:
            yield version
        elif depth < len(WEIGHT):
            for row in self.out.get(code, ()):
                if row.day and row.day >= day and row.successor not in {"", code}:
                    yield from self._standing(row.successor, row.day, depth=depth + 1)

    def _join_itself(self, former: Version, latter: Version) -> None:
        """Join two versions of a code, unless the code went to another unit."""
        if (id(former), id(latter)) in self.found or latter.first is None:
            return
        came = [join for join in self.to.get(id(latter), ()) if join.kind in MAKING_ANEW]
        went = [join for join in self.of.get(id(former), ()) if join.kind in MAKING_ANEW]
        is_another = former.entry.naming[0] != latter.entry.naming[0]
        left_whole = any(join.kind == Change.MERGE for join in went)
        adjoin = former.last is not None and former.last + ONE_DAY == latter.first
        if (is_another and left_whole) or not adjoin:
            return
        kind = came[0].kind if came else went[0].kind if went else _difference(former, latter)
        source = next(iter([*came, *went]), None)
        undated = next((r for r in self.out.get(former.code, ()) if not r.day), None)
        legal_ref = source.legal_ref if source else undated.legal_ref if undated else ""
        row = Said(former.code, latter.code, kind, latter.first, "", legal_ref)
        self._add(former, latter, row, latter.first)

    def _add(self, former: Version, latter: Version, row: Said, day: date) -> None:
        if former is latter:
            return
        kind = Change(row.kind)
        if former.code == latter.code and kind not in MAKING_ANEW:
            kind = _difference(former, latter)
        join = Join(former, latter, kind, day, row.note, row.legal_ref, row.is_main)
        key = (id(former), id(latter))
        known = self.found.get(key)
        if known is None:
            self.of[key[0]].append(join)
            self.to[key[1]].append(join)
        if known is None or WEIGHT.index(kind) < WEIGHT.index(known.kind):
            self.found[key] = join

    def _on(self, code: str, day: date) -> Version | None:
        for item in self.versions.get(code, ()):
            if item.is_on(day):
                return item
        return None

    def _last_before(self, code: str, day: date) -> Version | None:
        ended = [item for item in self.versions.get(code, ()) if item.last and item.last < day]
        return ended[-1] if ended else None


def _difference(former: Version, latter: Version) -> Change:
    """Return what changed of a unit that stayed the same unit."""
    if former.path != latter.path:
        return Change.TRANSFER
    return Change.KIND if former.entry.kind != latter.entry.kind else Change.RENAME
