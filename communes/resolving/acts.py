"""What a resolution says of units, in the words of the chronicle; nothing of the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from communes.chronicle.entries import Change, Entry, Listing, Said
from communes.list_files import without_kind
from communes.resolution_models import Resolution

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

Kind = Resolution.Kind
EMPTY = Entry("", "", "", "", "", "", "", "", "")
SAID_AS: dict[str, Change] = {
    Kind.MERGE: Change.MERGE,
    Kind.SPLIT: Change.SPLIT,
    Kind.RENAME: Change.RENAME,
    Kind.TRANSFER: Change.TRANSFER,
    Kind.KIND: Change.KIND,
    Kind.DISSOLVE: Change.ABOLISH,
}
ITSELF = frozenset({Kind.RENAME, Kind.TRANSFER, Kind.KIND})


@dataclass(frozen=True, slots=True)
class Became:
    """A unit as it is after the resolution; what is empty stays as it was.

    `holds` names the units that lie in it from then on.
    """

    code: str
    name: str = ""
    name_en: str = ""
    kind: str = ""
    level: str = ""
    parent_code: str = ""
    region_code: str = ""
    holds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """One resolution: which units it changes from a day on, and what they become.

    Of several that a unit becomes, the first takes over most.
    """

    kind: str
    day: date
    legal_ref: str
    units: tuple[str, ...]
    became: tuple[Became, ...]

    @property
    def codes(self) -> set[str]:
        """Return every code of which it speaks."""
        held = {code for unit in self.became for code in unit.holds}
        parents = {unit.parent_code for unit in self.became} - {""}
        return {*self.units, *(unit.code for unit in self.became), *held, *parents}

    @property
    def gone(self) -> frozenset[str]:
        """Return the units that are no more."""
        if self.kind == Kind.EXPLAIN:
            return frozenset()
        return frozenset(self.units) - {unit.code for unit in self.became}

    def listing(self) -> Listing:
        """Return what it says of how units stand on its day."""
        if self.kind == Kind.EXPLAIN:
            return Listing(self.day, {}, is_whole=False)
        entries: dict[str, Entry] = {}
        for unit in self.became:
            for code in unit.holds:
                entries[code] = EMPTY._replace(code=code, parent_code=unit.code)
        for unit in self.became:
            entries[unit.code] = self._entry(unit)
        return Listing(self.day, entries, is_whole=False, gone=self.gone)

    def said(self) -> Iterator[Said]:
        """Yield what it says became of which unit."""
        for unit in self.units:
            if self.kind in ITSELF:
                yield self._said(unit, unit, is_main=True)
                continue
            for place, other in enumerate(self.became):
                if self.kind != Kind.MERGE or unit != other.code:
                    yield self._said(unit, other.code, is_main=place == 0)

    def _said(self, unit: str, other: str, *, is_main: bool) -> Said:
        kind = SAID_AS.get(self.kind)
        if kind is None:
            kind = Change.SPLIT if len(self.became) > 1 else Change.MERGE
        return Said(unit, other, kind.value, self.day, "", self.legal_ref, is_main, self.legal_ref)

    def _entry(self, unit: Became) -> Entry:
        return Entry(
            unit.code,
            unit.name,
            unit.name_en,
            without_kind(unit.name) if unit.name else "",
            unit.kind,
            unit.level,
            unit.parent_code,
            unit.region_code,
            self.legal_ref[:200] if unit.name or unit.kind or unit.parent_code else "",
        )
