"""What a resolution would change of the map, worked out beside it: nothing is written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from communes.chronicle.deriving import derive
from communes.rewriting.known import known_listings, known_said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from communes.chronicle.entries import Chronicle, Join, Listing, Said, Version
    from communes.models import Resolution
    from communes.resolving.acts import Act


@dataclass(frozen=True, slots=True)
class Passing:
    """A unit that is another one, or lies elsewhere, from the day on, and what it became."""

    former: Version
    successors: list[Version]

    @property
    def is_elsewhere(self) -> bool:
        """Tell whether what it became has another place on the map."""
        return {unit.path for unit in self.successors} != {self.former.path}


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Versions that would no longer be as they are, and those that would be instead."""

    former: list[Version]
    coming: list[Version]
    passings: list[Passing]


def foresee_map(act: Act) -> Foreseen:
    """Return what would be otherwise on the map of any day."""
    listings, said = known_listings(), known_said()
    codes = _around(act.codes, listings, said)
    now = _by_days(_derived(listings, said, codes).versions)
    coming_map = _derived([*listings, act.listing()], [*said, *act.said()], codes)
    then = _by_days(coming_map.versions)
    former = [version for key, version in now.items() if key not in then]
    coming = [version for key, version in then.items() if key not in now]
    passings = _passings(coming_map.joins, act)
    return Foreseen(_ordered(former), _ordered(coming), passings)


def vanishing(resolution: Resolution) -> list[Version]:
    """Return the versions that would no longer be, were the resolution taken back."""
    listings, said = known_listings(), known_said()
    others, other_said = known_listings(without=resolution), known_said(without=resolution)
    codes = _around(_named_by(resolution), listings, said)
    now = _by_days(_derived(listings, said, codes).versions)
    then = _by_days(_derived(others, other_said, codes).versions)
    return _ordered(version for key, version in now.items() if key not in then)


def _named_by(resolution: Resolution) -> set[str]:
    listed = resolution.unit_list.units.values_list("code", flat=True)
    said = resolution.said.values_list("predecessor_code", "successor_code")
    return {*listed, *(code for row in said for code in row)}


def _passings(joins: Iterable[Join], act: Act) -> list[Passing]:
    """Return what the act makes of units whose place on the map is another one after it."""
    found: defaultdict[int, list[Join]] = defaultdict(list)
    for join in joins:
        if join.day == act.day:
            found[id(join.predecessor)].append(join)
    passings = [
        Passing(rows[0].predecessor, [row.successor for row in sorted(rows, key=_main_first)])
        for rows in found.values()
    ]
    named = set(act.units)
    return [
        item
        for item in passings
        if item.is_elsewhere and named & set(item.former.path.strip("/").split("/"))
    ]


def _main_first(join: Join) -> bool:
    return not join.is_main


def _derived(listings: Iterable[Listing], said: Iterable[Said], codes: set[str]) -> Chronicle:
    return derive(
        [_narrowed(item, codes) for item in listings],
        [row for row in said if row.predecessor in codes or row.successor in codes],
    )


def _by_days(versions: Iterable[Version]) -> dict[tuple[object, ...], Version]:
    return {
        (
            item.path,
            item.first,
            item.last,
            item.entry.name,
            item.entry.kind,
            item.is_unresolved,
        ): item
        for item in versions
    }


def _ordered(versions: Iterable[Version]) -> list[Version]:
    return sorted(versions, key=lambda item: (len(item.path), item.path, str(item.first or "")))


def _around(named: Iterable[str], listings: Sequence[Listing], said: Iterable[Said]) -> set[str]:
    """Return the codes whose days may hang on these: what lies in them, their kin, all above."""
    below: defaultdict[str, set[str]] = defaultdict(set)
    above: defaultdict[str, set[str]] = defaultdict(set)
    kin: defaultdict[str, set[str]] = defaultdict(set)
    for listing in listings:
        for code, entry in listing.entries.items():
            below[entry.parent_code].add(code)
            above[code].add(entry.parent_code)
    for row in said:
        kin[row.predecessor].add(row.successor)
        kin[row.successor].add(row.predecessor)
    codes = _closed(set(named) - {"VN"}, below)
    codes |= {other for code in codes for other in kin[code]}
    return _closed(codes, above) - {""}


def _closed(codes: set[str], ways: defaultdict[str, set[str]]) -> set[str]:
    found, waiting = set(codes), list(codes)
    while waiting:
        further = ways[waiting.pop()] - found
        found |= further
        waiting += further
    return found


def _narrowed(listing: Listing, codes: set[str]) -> Listing:
    entries = {code: entry for code, entry in listing.entries.items() if code in codes}
    return replace(listing, entries=entries)
