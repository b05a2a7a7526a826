"""The rows of units, written so that each stays itself and none ever clashes with another."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from communes.models import AdministrativeUnit, Region
from communes.rewriting.held import FACTS, Held, held_rows
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
# Days out of the way of all others, while rows of one code change places.
UNKNOWN = (None,) * len(FACTS)
ASIDE, ASIDE_UNTIL = date(9000, 1, 1), date(9999, 12, 31)


@dataclass
class Written:
    """What became of the rows: by `id(version)` its key, and what changed from which day on."""

    keys: dict[int, int] = field(default_factory=dict)
    added: list[AdministrativeUnit] = field(default_factory=list)
    changed: list[AdministrativeUnit] = field(default_factory=list)
    removed: list[Held] = field(default_factory=list)
    owed: dict[int, date] = field(default_factory=dict)
    shifted: set[int] = field(default_factory=set)


def write_units(versions: Sequence[Version]) -> Written:
    """Bring the rows in line with the versions, but for the removal of those nobody needs."""
    held = held_rows()
    matched, left = _matched(versions, held)
    regions = _regions(versions)
    written = Written(removed=left, shifted={row.pk for row in left})
    donors = _donors(held)
    wanted = [
        (version, _row(version, matched.get(id(version)), donors, regions)) for version in versions
    ]
    before = {row.pk: row for row in held}
    _set_aside(wanted, before, left)
    waves: defaultdict[int, list[tuple[Version, Held | AdministrativeUnit]]] = defaultdict(list)
    for pair in wanted:
        waves[pair[0].path.count("/")].append(pair)
    for _depth, pairs in sorted(waves.items()):
        _write_wave(pairs, before, written)
    return written


def _matched(
    versions: Iterable[Version], held: Iterable[Held]
) -> tuple[dict[int, Held], list[Held]]:
    by_code: defaultdict[str, tuple[list[Version], list[Held]]]
    by_code = defaultdict(lambda: ([], []))
    for version in versions:
        by_code[version.code][0].append(version)
    for row in held:
        by_code[row.code][1].append(row)
    matched: dict[int, Held] = {}
    left: list[Held] = []
    for wanted, rows in by_code.values():
        found = match(wanted, rows)
        matched |= found
        if len(found) < len(rows):
            kept = {row.pk for row in found.values()}
            left += [row for row in rows if row.pk not in kept]
    return matched, left


def _regions(versions: Iterable[Version]) -> dict[str, int]:
    regions = dict(Region.objects.values_list("code", "pk"))
    named = {version.entry.region_code for version in versions} - {""}
    if strangers := sorted(named - regions.keys()):
        sentence = f"No region has the code “{strangers[0]}”."
        raise DomainError(sentence, code="unknown-region")
    return regions


def _donors(held: Iterable[Held]) -> dict[str, list[Held]]:
    donors: defaultdict[str, list[Held]] = defaultdict(list)
    for row in held:
        if row[-len(FACTS) :] != UNKNOWN:
            donors[row.code].append(row)
    return donors


def _row(
    version: Version,
    row: Held | None,
    donors: Mapping[str, list[Held]],
    regions: Mapping[str, int],
) -> Held | AdministrativeUnit:
    entry = version.entry
    if row and row.is_as(version, regions.get(entry.region_code)):
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
    wanted: Sequence[tuple[Version, Held | AdministrativeUnit]],
    before: Mapping[int, Held],
    left: Sequence[Held],
) -> None:
    """Move rows out of the way whose days change, where a code has several of them."""
    anew = [row for _version, row in wanted if row.pk and row is not before[row.pk]]
    moving = [*(row for row in anew if _days(row) != _days(before[row.pk])), *left]
    named = {row.code for row in moving}
    count = Counter(row.code for _version, row in wanted if row.code in named)
    count.update(row.code for row in left)
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
    pairs: list[tuple[Version, Held | AdministrativeUnit]],
    before: Mapping[int, Held],
    written: Written,
) -> None:
    """Write the versions of one depth; the keys of their parents are known by now."""
    added: list[AdministrativeUnit] = []
    changed: list[AdministrativeUnit] = []
    made: dict[int, AdministrativeUnit] = {}
    for version, row in pairs:
        parent_id = written.keys[id(version.parent)] if version.parent else None
        if isinstance(row, Held) and row.parent_id == parent_id:
            continue
        here = AdministrativeUnit(**row._asdict()) if isinstance(row, Held) else row
        here.parent_id = parent_id
        (changed if row.pk in before else added).append(here)
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


def _note_shift(row: AdministrativeUnit, old: Held, written: Written) -> None:
    """Note from which day on the map is another one by this change."""
    if _days(row) != _days(old):
        written.shifted.add(row.pk)
    if any(getattr(row, name) != getattr(old, name) for name in PLACE[:-1]):
        written.owed[row.pk] = min(row.valid_from or date.min, old.valid_from or date.min)
    elif row.valid_to != old.valid_to:
        written.owed[row.pk] = min(row.valid_to or date.max, old.valid_to or date.max) + ONE_DAY


def _days(row: Held | AdministrativeUnit) -> tuple[date | None, date | None]:
    return row.valid_from, row.valid_to
