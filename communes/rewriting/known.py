"""What the database keeps of lists and successions, and how more is kept."""

from __future__ import annotations

from collections import defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING

from communes.chronicle.entries import Entry, Listing, Said
from communes.models import ListedUnit, SaidSuccession, UnitList

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from communes.resolution_models import Resolution

BATCH = 1_000
ENTRY = Entry._fields
SAID = {
    "predecessor": "predecessor_code",
    "successor": "successor_code",
    "kind": "kind",
    "day": "effective_date",
    "note": "note",
    "legal_ref": "legal_ref",
    "is_main": "is_main",
    "source": "source",
}


_values = attrgetter(*SAID)


def known_listings(
    days: Collection[date] | None = None, *, without: Resolution | None = None
) -> list[Listing]:
    """Return every list as it was read, or the official ones of these days; two queries."""
    entries: defaultdict[int, dict[str, Entry]] = defaultdict(dict)
    gone: defaultdict[int, set[str]] = defaultdict(set)
    lists = UnitList.objects.order_by("day", "pk")
    units = ListedUnit.objects.order_by()
    if without is not None:
        lists = lists.exclude(resolution=without)
        units = units.exclude(list__resolution=without)
    if days is not None:
        lists = lists.filter(is_whole=True, day__in=days)
        units = units.filter(list__in=lists)
    for row in units.values_list(*ENTRY, "list_id", "is_gone"):
        entry = Entry._make(row[:-2])
        list_id, is_gone = row[-2:]
        if is_gone:
            gone[list_id].add(entry.code)
        else:
            entries[list_id][entry.code] = entry
    return [
        Listing(kept.day, entries[kept.pk], kept.is_whole, frozenset(gone[kept.pk]))
        for kept in lists
    ]


def known_said(*, without: Resolution | None = None) -> list[Said]:
    """Return all that is said of successions; one query."""
    rows = SaidSuccession.objects.order_by("pk")
    if without is not None:
        rows = rows.exclude(resolution=without)
    return [Said(*row) for row in rows.values_list(*SAID.values())]


def known_codes(among: Collection[str]) -> set[str]:
    """Return which of these codes a list or a succession knows; two queries for a thousand."""
    found: set[str] = set()
    codes = sorted(among)
    for start in range(0, len(codes), BATCH):
        asked = codes[start : start + BATCH]
        listed = ListedUnit.objects.order_by().filter(code__in=asked)
        said = SaidSuccession.objects.order_by().filter(predecessor_code__in=asked)
        found.update(listed.values_list("code", flat=True).distinct())
        found.update(said.values_list("predecessor_code", flat=True).distinct())
    return found


def keep_list(listing: Listing, source: str) -> bool:
    """Keep the list in the place of an earlier one of its day; tell whether it says more."""
    kept = UnitList.objects.filter(day=listing.day, is_whole=True).first()
    if kept and _holds(kept, listing):
        return False
    if kept:
        kept.delete()
    kept = UnitList.objects.create(day=listing.day, is_whole=listing.is_whole, source=source)
    ListedUnit.objects.bulk_create(list_rows(kept, listing), batch_size=BATCH)
    return True


def list_rows(kept: UnitList, listing: Listing) -> list[ListedUnit]:
    """Return the rows of a list."""
    units = [ListedUnit(list_id=kept.pk, **entry._asdict()) for entry in listing.entries.values()]
    gone = [ListedUnit(list_id=kept.pk, code=code, is_gone=True) for code in listing.gone]
    return [*units, *gone]


def keep_said(said: Iterable[Said]) -> int:
    """Keep what is said of successions and was not kept yet; return how much that is."""
    rows = SaidSuccession.objects.filter(resolution=None).order_by()
    kept = set(rows.values_list(*SAID.values()))
    new = [row for row in said if _values(row) not in kept]
    SaidSuccession.objects.bulk_create(map(said_row, new), batch_size=BATCH)
    return len(new)


def said_row(said: Said, resolution: Resolution | None = None) -> SaidSuccession:
    """Return the row of what is said, by a file or by a resolution."""
    facts = dict(zip(SAID.values(), _values(said), strict=True))
    return SaidSuccession(resolution=resolution, **facts)


def _holds(kept: UnitList, listing: Listing) -> bool:
    rows = kept.units.filter(is_gone=False).values_list(*ENTRY)
    gone = set(kept.units.filter(is_gone=True).values_list("code", flat=True))
    return gone == listing.gone and {Entry(*row) for row in rows} == set(listing.entries.values())
