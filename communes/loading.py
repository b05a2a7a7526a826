"""Loading the map from its files: whole or not at all, and a second time without effect."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction

from communes.list_files import require_somewhere
from communes.models import ListedUnit, Region, UnitList
from communes.rewriting import rewrite_map
from communes.rewriting.known import keep_list, keep_said, known_codes, known_listings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from django.contrib.auth.base_user import AbstractBaseUser

    from communes.chronicle.entries import Entry, Listing, Said
    from communes.map_files import RegionLine
    from communes.rewriting import Rewritten

REGION_FIELDS = ["name", "name_en", "position"]


@dataclass
class Loaded:
    """The rows that were added, changed in place, and found as the file has them."""

    added: list[Region] = field(default_factory=list)
    changed: list[Region] = field(default_factory=list)
    unchanged: list[Region] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ListFile:
    """A list as it was read, and the name of its file."""

    listing: Listing
    source: str


@dataclass(frozen=True, slots=True)
class SuccessionFile:
    """Successions as they were read, and where."""

    path: Path
    said: Sequence[Said]


@transaction.atomic
def load_regions(lines: Iterable[RegionLine]) -> Loaded:
    """Bring the regions in line with their file."""
    held = {region.code: region for region in Region.objects.all()}
    loaded = Loaded()
    for line in lines:
        facts = {"name": line.name, "name_en": line.name_en, "position": line.position}
        region = held.get(line.code)
        row = Region(pk=region.pk if region else None, code=line.code, **facts)
        if region is None:
            loaded.added.append(row)
        elif any(getattr(region, name) != value for name, value in facts.items()):
            loaded.changed.append(row)
        else:
            loaded.unchanged.append(row)
    Region.objects.bulk_create(loaded.added)
    Region.objects.bulk_update(loaded.changed, REGION_FIELDS)
    return loaded


@transaction.atomic
def load_lists(
    lists: Sequence[ListFile],
    successions: SuccessionFile | None = None,
    *,
    by: AbstractBaseUser | None = None,
) -> Rewritten | None:
    """Keep the lists and successions, and bring the map in line; nothing when both were known.

    A list takes the place of an earlier one of its day.
    """
    news = [keep_list(item.listing, item.source) for item in lists]
    said = keep_said(successions.said) if successions else 0
    if successions:
        _require_somewhere(successions, {code for item in lists for code in item.listing.entries})
    return rewrite_map(by=by) if any(news) or said else None


def _require_somewhere(successions: SuccessionFile, listed: set[str]) -> None:
    """Refuse a successor that nobody knows; only those are looked up that the files do not name."""
    days = official_days()
    if days:
        named = listed.union(row.predecessor for row in successions.said)
        known = known_codes({row.successor for row in successions.said} - named - {""})
        span = (min(days), max(days))
        require_somewhere(successions.path, successions.said, span, named | known)


def official_days() -> list[date]:
    """Return the days of which an official list is known."""
    return list(UnitList.objects.filter(is_whole=True).values_list("day", flat=True))


def differences(listing: Listing) -> tuple[Counter[str], date | None]:
    """Count what differs between a list and the official one before it, or else after it."""
    days = official_days()
    before = max((day for day in days if day < listing.day), default=None)
    after = min((day for day in days if day > listing.day), default=None)
    if before:
        return _differences(known_listings([before])[0].entries, listing.entries), before
    if after:
        return _differences(listing.entries, known_listings([after])[0].entries), after
    return Counter(), None


def denied(listing: Listing) -> list[tuple[str, str]]:
    """Return which resolutions entered by hand the list does not bear out, and in which unit."""
    former = max((day for day in official_days() if day < listing.day), default=None)
    rows = ListedUnit.objects.filter(list__is_whole=False, list__day__lte=listing.day)
    if former:
        rows = rows.filter(list__day__gt=former)
    found = []
    for row in rows.select_related("list").order_by("list__day", "code"):
        entry = listing.entries.get(row.code)
        is_as_said = entry is None if row.is_gone else entry is not None and _agrees(row, entry)
        if not is_as_said:
            found.append(
                (row.list.source, f"{row.code} {entry.name if entry else row.name}".strip())
            )
    return found


def _agrees(row: ListedUnit, entry: Entry) -> bool:
    """Tell whether the list has a unit as the resolution left it, as far as that says."""
    said = entry._replace(name=row.name or entry.name, kind=row.kind or entry.kind)
    return said.naming == entry.naming and row.parent_code in {"", entry.parent_code}


def _differences(old: Mapping[str, Entry], new: Mapping[str, Entry]) -> Counter[str]:
    found = Counter(appeared=len(new.keys() - old.keys()), vanished=len(old.keys() - new.keys()))
    for code in old.keys() & new.keys():
        one, other = old[code], new[code]
        found["renamed"] += one.naming[0] != other.naming[0]
        found["changed kind"] += one.kind != other.kind
        found["moved"] += one.parent_code != other.parent_code
    return found
