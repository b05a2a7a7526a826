"""The rows of units, written so that each stays itself and none ever clashes with another."""

from __future__ import annotations

from collections import Counter, defaultdict
from copy import copy
from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING

from communes.models import AdministrativeUnit, Region
from communes.rewriting.matching import is_same, match, overlap
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from communes.chronicle.entries import Version

BATCH = 1_000
ONE_DAY = timedelta(days=1)
PLACE = ["kind", "level", "path", "valid_from", "valid_to"]
TEXTS = ["name", "name_en", "short_name", "search_name", "region_id", "source", "is_unresolved"]
FIELDS = [*PLACE, *TEXTS, "parent_id"]
# What no list says, and a new version of the same unit takes over.
FACTS = ["population", "households", "area_km2", "longitude", "latitude"]
# A row is as its version has it, when the one is what the others are together.
SAID = attrgetter("name", "name_en", "short_name", "kind", "level", "source")
LASTS = attrgetter("path", "first", "last", "is_unresolved")
HELD = attrgetter(
    *("name", "name_en", "short_name", "kind", "level", "source"),
    *("path", "valid_from", "valid_to", "is_unresolved", "region_id"),
)
# Days out of the way of all others, while rows of one code change places.
ASIDE, ASIDE_UNTIL = date(9000, 1, 1), date(9999, 12, 31)


@dataclass
class Written:
    """What became of the rows: by `id(version)` its key, and what changed from which day on."""

    keys: dict[int, int] = field(default_factory=dict)
    added: list[AdministrativeUnit] = field(default_factory=list)
    changed: list[AdministrativeUnit] = field(default_factory=list)
    removed: list[AdministrativeUnit] = field(default_factory=list)
    owed: dict[int, date] = field(default_factory=dict)
    shifted: set[int] = field(default_factory=set)


def write_units(versions: Sequence[Version]) -> Written:
    """Bring the rows in line with the versions, but for the removal of those nobody needs."""
    held = list(AdministrativeUnit.objects.all())
    matched, left = _matched(versions, held)
    regions = _regions(versions)
    written = Written(removed=left, shifted={row.pk for row in left})
    donors = _donors(held)
    wanted = [
        (version, _row(version, matched.get(id(version)), donors, regions)) for version in versions
    ]
    before = {row.pk: row for row in held}
    _set_aside(wanted, before, left)
    for depth in sorted({version.path.count("/") for version in versions}):
        _write_wave([pair for pair in wanted if pair[0].path.count("/") == depth], before, written)
    return written


def _matched(
    versions: Iterable[Version], held: Iterable[AdministrativeUnit]
) -> tuple[dict[int, AdministrativeUnit], list[AdministrativeUnit]]:
    by_code: defaultdict[str, tuple[list[Version], list[AdministrativeUnit]]]
    by_code = defaultdict(lambda: ([], []))
    for version in versions:
        by_code[version.code][0].append(version)
    for row in held:
        by_code[row.code][1].append(row)
    matched: dict[int, AdministrativeUnit] = {}
    left: list[AdministrativeUnit] = []
    for wanted, rows in by_code.values():
        found = match(wanted, rows)
        kept = {row.pk for row in found.values()}
        matched |= found
        left += [row for row in rows if row.pk not in kept]
    return matched, left


def _regions(versions: Iterable[Version]) -> dict[str, int]:
    regions = dict(Region.objects.values_list("code", "pk"))
    named = {version.entry.region_code for version in versions} - {""}
    if strangers := sorted(named - regions.keys()):
        sentence = f"No region has the code “{strangers[0]}”."
        raise DomainError(sentence, code="unknown-region")
    return regions


def _donors(held: Iterable[AdministrativeUnit]) -> dict[str, list[AdministrativeUnit]]:
    donors: defaultdict[str, list[AdministrativeUnit]] = defaultdict(list)
    for row in held:
        if any(getattr(row, fact) is not None for fact in FACTS):
            donors[row.code].append(row)
    return donors


def _row(
    version: Version,
    row: AdministrativeUnit | None,
    donors: Mapping[str, list[AdministrativeUnit]],
    regions: Mapping[str, int],
) -> AdministrativeUnit:
    entry = version.entry
    if row and HELD(row) == (*SAID(entry), *LASTS(version), regions.get(entry.region_code)):
        return row
    donor = row or next(
        (
            one
            for one in donors.get(entry.code, ())
            if is_same(version, one) and overlap(version, one)
        ),
        None,
    )
    return AdministrativeUnit(
        pk=row.pk if row else None,
        code=entry.code,
        name=entry.name,
        name_en=entry.name_en,
        short_name=entry.short_name,
        search_name=fold(entry.name),
        kind=entry.kind,
        level=entry.level,
        path=version.path,
        region_id=regions.get(entry.region_code),
        valid_from=version.first,
        valid_to=version.last,
        source=entry.source,
        is_unresolved=version.is_unresolved,
        **{fact: getattr(donor, fact) for fact in FACTS if donor},
    )


def _set_aside(
    wanted: Sequence[tuple[Version, AdministrativeUnit]],
    before: Mapping[int, AdministrativeUnit],
    left: Sequence[AdministrativeUnit],
) -> None:
    """Move rows out of the way whose days change, where a code has several of them."""
    moving = [row for _version, row in wanted if row.pk and _days(row) != _days(before[row.pk])]
    moving += left
    count = Counter([*(row.code for _version, row in wanted), *(row.code for row in left)])
    turns: defaultdict[int, list[int]] = defaultdict(list)
    seen: Counter[str] = Counter()
    for row in moving:
        if count[row.code] > 1:
            turns[seen[row.code]].append(row.pk)
            seen[row.code] += 1
    for turn, pks in turns.items():
        day = ASIDE + turn * ONE_DAY
        for start in range(0, len(pks), BATCH):
            rows = AdministrativeUnit.objects.filter(pk__in=pks[start : start + BATCH])
            rows.update(valid_from=day, valid_to=ASIDE_UNTIL)


def _write_wave(
    pairs: list[tuple[Version, AdministrativeUnit]],
    before: Mapping[int, AdministrativeUnit],
    written: Written,
) -> None:
    """Write the versions of one depth; the keys of their parents are known by now."""
    added: list[AdministrativeUnit] = []
    changed: list[AdministrativeUnit] = []
    made: dict[int, AdministrativeUnit] = {}
    for version, row in pairs:
        parent_id = written.keys[id(version.parent)] if version.parent else None
        held = before.get(row.pk)
        if row is held and row.parent_id == parent_id:
            continue
        here = copy(row) if row is held else row
        here.parent_id = parent_id
        (added if held is None else changed).append(here)
        made[id(version)] = here
    AdministrativeUnit.objects.bulk_create(added, batch_size=BATCH)
    AdministrativeUnit.objects.bulk_create(
        changed, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=FIELDS
    )
    written.keys |= {id(version): made.get(id(version), row).pk for version, row in pairs}
    written.added += added
    written.changed += changed
    written.owed |= {row.pk: row.valid_from or date.min for row in added}
    for row in changed:
        _note_shift(row, before[row.pk], written)


def _note_shift(row: AdministrativeUnit, old: AdministrativeUnit, written: Written) -> None:
    """Note from which day on the map is another one by this change."""
    if _days(row) != _days(old):
        written.shifted.add(row.pk)
    if any(getattr(row, name) != getattr(old, name) for name in PLACE[:-1]):
        written.owed[row.pk] = min(row.valid_from or date.min, old.valid_from or date.min)
    elif row.valid_to != old.valid_to:
        written.owed[row.pk] = min(row.valid_to or date.max, old.valid_to or date.max) + ONE_DAY


def _days(row: AdministrativeUnit) -> tuple[date | None, date | None]:
    return row.valid_from, row.valid_to
