"""From when to when each code stood for which unit, one stretch of days between two lists after
the other.

The lists say how things stood on their days. When a thing changed between two of them is said,
in this order, by a succession, by the days that the lists themselves give, and if nobody says it,
by the day of the list that shows it first.
"""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from communes.chronicle.entries import MAKING_ANEW, Change, Entry, Said

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from communes.chronicle.entries import Listing

ONE_DAY = timedelta(days=1)
BEFORE_REGION = Entry._fields.index("region_code")


@dataclass(slots=True)
class Stretch:
    """Days on which a code stood for a unit that did not change."""

    entry: Entry
    first: date | None
    last: date | None = None


def whole_lists(listings: Iterable[Listing]) -> list[tuple[date, Mapping[str, Entry]]]:
    """Return what stood on the map on the day of each list, the earliest first.

    A resolution changes what stood before it: without an official list before, it has to wait for
    one. Where a day has an official list, that one holds.
    """
    found: dict[date, Mapping[str, Entry]] = {}
    latest: Mapping[str, Entry] = {}
    for listing in sorted(listings, key=lambda item: (item.day, item.is_whole)):
        if listing.is_whole:
            latest = listing.entries
        elif latest:
            latest = _changed_by(listing, latest)
        else:
            continue
        found[listing.day] = latest
    return list(found.items())


def _changed_by(listing: Listing, before: Mapping[str, Entry]) -> Mapping[str, Entry]:
    """Return the map after a resolution; what it does not say of a unit stays as it was."""
    after = {code: entry for code, entry in before.items() if code not in listing.gone}
    for code, entry in listing.entries.items():
        said = {name: value for name, value in entry._asdict().items() if value}
        if code in before:
            after[code] = before[code]._replace(**said)
        elif entry.level:
            after[code] = entry
    return after


def stretches(
    lists: Sequence[tuple[date, Mapping[str, Entry]]], said: Iterable[Said]
) -> dict[str, list[Stretch]]:
    """Return the stretches of each code in their order."""
    found: defaultdict[str, list[Stretch]] = defaultdict(list)
    for code, entry in lists[0][1].items() if lists else ():
        found[code].append(Stretch(entry, None))
    dated = sorted((row for row in said if row.day), key=_day)
    for (day, before), (next_day, after) in pairwise(lists):
        between = _Between(day, next_day, before, after)
        between.hear(dated[bisect(dated, day, key=_day) : bisect(dated, next_day, key=_day)])
        named = between.named
        for code, new in after.items():
            old = before.get(code)
            if code in named or old is None or not _is_as_it_was(old, new):
                _go_on(found[code], between, code)
            elif new is not old:
                stretch = found[code][-1]
                stretch.entry = _spelled_as(new, stretch.entry)
        for code in before:
            if code not in after:
                _go_on(found[code], between, code)
    return dict(found)


def _day(row: Said) -> date:
    return row.day or date.min


def _go_on(known: list[Stretch], between: _Between, code: str) -> None:
    """Add what happened to one code between two lists."""
    old, new = between.before.get(code), between.after.get(code)
    cuts = between.cuts(code)
    if old is None and new is not None:
        begun = between.begins(code, new)
        known.append(Stretch(new, begun))
        _cut(known, {day: new for day in cuts if day > begun})
    elif new is None and old is not None:
        gone = between.ends(code, old)
        _cut(known, {day: old for day in cuts if day < gone})
        known[-1].last = gone - ONE_DAY
    elif old is not None and new is not None:
        changed = between.changes(code, old, new)
        days = cuts | ({changed} if changed else set())
        if changed is None:
            known[-1].entry = _spelled_as(new, known[-1].entry)
        _cut(known, {day: new if changed is None or day >= changed else old for day in days})


def _is_as_it_was(old: Entry, new: Entry) -> bool:
    return old.name == new.name and _stands_as_it_did(old, new)


def _stands_as_it_did(old: Entry, new: Entry) -> bool:
    """Tell whether kind, parent and region stayed; a list that names no region denies none."""
    moved = old.region_code and new.region_code and old.region_code != new.region_code
    return old.kind == new.kind and old.parent_code == new.parent_code and not moved


def _spelled_as(new: Entry, known: Entry) -> Entry:
    """Return the unit in its latest spelling, with the source that had it first."""
    region_code = new.region_code or known.region_code
    return Entry._make((*new[:BEFORE_REGION], region_code, known.source, new.begun, new.ended))


def _cut(known: list[Stretch], entries: Mapping[date, Entry]) -> None:
    for day in sorted(entries):
        known[-1].last = day - ONE_DAY
        known.append(Stretch(entries[day], day))


class _Between:
    """What two neighbouring lists and the successions between them say."""

    def __init__(
        self, day: date, until: date, before: Mapping[str, Entry], after: Mapping[str, Entry]
    ) -> None:
        self.day, self.until, self.before, self.after = day, until, before, after
        self.out: defaultdict[str, list[Said]] = defaultdict(list)
        self.into: defaultdict[str, list[Said]] = defaultdict(list)

    def hear(self, dated: Iterable[Said]) -> None:
        """Take in the successions that fall between the two."""
        for row in dated:
            self.out[row.predecessor].append(row)
            if row.kind != Change.ABOLISH:
                self.into[row.successor].append(row)

    @property
    def named(self) -> Collection[str]:
        """Return the codes of which they speak."""
        return self.out.keys() | self.into.keys()

    def cuts(self, code: str) -> set[date]:
        """Return the days on which the unit became another one, though its code may go on."""
        rows = [*self.out.get(code, ()), *self.into.get(code, ())]
        return {row.day for row in rows if row.day and row.kind in MAKING_ANEW}

    def begins(self, code: str, entry: Entry) -> date:
        """Return the first day of a unit that the earlier list does not hold."""
        days = [row.day for row in self.into.get(code, ()) if row.day and row.predecessor != code]
        return min(days, default=self._said_by(entry.begun))

    def ends(self, code: str, entry: Entry) -> date:
        """Return the day from which a unit is gone that the later list does not hold."""
        days = [row.day for row in self.out.get(code, ()) if row.day and row.successor != code]
        gone = entry.ended + ONE_DAY if entry.ended else None
        return max(days, default=self._said_by(gone))

    def changes(self, code: str, old: Entry, new: Entry) -> date | None:
        """Return the day on which name, kind, parent or region changed, if they did."""
        itself = [row.day for row in self.out.get(code, ()) if row.day and row.successor == code]
        is_written_otherwise = old.name != new.name and (itself or old.naming != new.naming)
        if not is_written_otherwise and _stands_as_it_did(old, new):
            return None
        others = max(self.cuts(code), default=None)
        day = max(itself, default=others or self._said_by(new.begun))
        return self._while_parents_stand(day, old, new)

    def _while_parents_stand(self, day: date, old: Entry, new: Entry) -> date:
        """Return a day on which neither the former parent is gone nor the new one still to come."""
        if old.parent_code == new.parent_code:
            return day
        former, coming = old.parent_code, new.parent_code
        if former in self.before and former not in self.after:
            day = min(day, self.ends(former, self.before[former]))
        if coming in self.after and coming not in self.before:
            day = max(day, self.begins(coming, self.after[coming]))
        return day

    def _said_by(self, day: date | None) -> date:
        return day if day and self._has(day) else self.until

    def _has(self, day: date | None) -> bool:
        return day is not None and self.day < day <= self.until
