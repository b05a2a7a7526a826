"""Loading the map from its files: whole or not at all, and a second time without effect."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Generic, TypeVar

from django.db import transaction

from communes.changes import Changed, Kind, record_changes
from communes.models import AdministrativeUnit, Region
from communes.placements import map_changed
from communes.services import mark_stale
from ntm_portal.lib.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from communes.map_files import RegionLine, UnitLine

BATCH = 1000
REGION_FIELDS = ["name", "name_en", "position"]
PLACE_FIELDS = ["kind", "level", "parent_id", "path", "valid_to"]
UNIT_FIELDS = [*PLACE_FIELDS, "name", "name_en", "short_name", "search_name", "region_id", "source"]

Row = TypeVar("Row", Region, AdministrativeUnit)


@dataclass
class Loaded(Generic[Row]):
    """The rows that were added, changed in place, and found as the file has them."""

    added: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    unchanged: list[Row] = field(default_factory=list)


@transaction.atomic
def load_map(
    regions: Iterable[RegionLine],
    units: Iterable[UnitLine],
    *,
    source: str,
    progress: Callable[[int], object],
) -> tuple[Loaded[Region], Loaded[AdministrativeUnit]]:
    """Bring regions and units in line with the files; other versions stay untouched.

    `source` names the file of the units; `progress` is told how many more have been dealt with.
    """
    loaded_regions = _load_regions(regions)
    held = {unit.pk: unit for unit in AdministrativeUnit.objects.all()}
    loaded_units = _load_units(units, held, source, progress)
    map_changed()
    if held:
        _owe_summaries(loaded_units, held)
    _tell(loaded_units, is_first=not held)
    return loaded_regions, loaded_units


def _load_regions(lines: Iterable[RegionLine]) -> Loaded[Region]:
    held = {region.pk: region for region in Region.objects.all()}
    pks = {region.code: pk for pk, region in held.items()}
    wanted = [
        Region(
            pk=pks.get(line.code),
            code=line.code,
            name=line.name,
            name_en=line.name_en,
            position=line.position,
        )
        for line in lines
    ]
    loaded = _compared(wanted, held, REGION_FIELDS)
    Region.objects.bulk_create(loaded.added)
    Region.objects.bulk_update(loaded.changed, REGION_FIELDS)
    return loaded


def _load_units(
    lines: Iterable[UnitLine],
    held: Mapping[int, AdministrativeUnit],
    source: str,
    progress: Callable[[int], object],
) -> Loaded[AdministrativeUnit]:
    """Write the units from the nation down, for a child needs its parent's key."""
    versions = {(unit.code, unit.valid_from): pk for pk, unit in held.items()}
    regions = dict(Region.objects.values_list("code", "pk"))
    parents: dict[str, int] = {}
    total = Loaded[AdministrativeUnit]()
    for batch in _batches(lines):
        wanted = [_unit(line, versions, regions, parents, source) for line in batch]
        loaded = _compared(wanted, held, UNIT_FIELDS)
        AdministrativeUnit.objects.bulk_create(loaded.added)
        _overwrite(loaded.changed)
        parents |= {unit.code: unit.pk for unit in wanted}
        total.added += loaded.added
        total.changed += loaded.changed
        total.unchanged += loaded.unchanged
        progress(len(batch))
    return total


def _overwrite(units: Sequence[AdministrativeUnit]) -> None:
    """Update rows by their keys: one upsert a batch, fifteen times as fast as `bulk_update`."""
    AdministrativeUnit.objects.bulk_create(
        units, update_conflicts=True, unique_fields=["id"], update_fields=UNIT_FIELDS
    )


def _batches(lines: Iterable[UnitLine]) -> Iterator[Sequence[UnitLine]]:
    depth = attrgetter("depth")
    for _depth, same_depth in groupby(sorted(lines, key=depth), depth):
        wave = list(same_depth)
        yield from (wave[start : start + BATCH] for start in range(0, len(wave), BATCH))


def _unit(
    line: UnitLine,
    versions: Mapping[tuple[str, date | None], int],
    regions: Mapping[str, int],
    parents: Mapping[str, int],
    source: str,
) -> AdministrativeUnit:
    return AdministrativeUnit(
        pk=versions.get((line.code, line.valid_from)),
        code=line.code,
        name=line.name,
        name_en=line.name_en,
        short_name=line.short_name,
        search_name=fold(line.name),
        kind=line.kind,
        level=line.level,
        parent_id=parents.get(line.parent_code),
        path=line.path,
        region_id=regions.get(line.region_code),
        valid_from=line.valid_from,
        valid_to=line.valid_to,
        source=source,
    )


def _compared(wanted: Iterable[Row], held: Mapping[int, Row], fields: Sequence[str]) -> Loaded[Row]:
    loaded = Loaded[Row]()
    for row in wanted:
        if row.pk is None:
            loaded.added.append(row)
        elif _differs(row, held[row.pk], fields):
            loaded.changed.append(row)
        else:
            loaded.unchanged.append(row)
    return loaded


def _differs(row: Row, other: Row, fields: Sequence[str]) -> bool:
    return any(getattr(row, name) != getattr(other, name) for name in fields)


def _tell(loaded: Loaded[AdministrativeUnit], *, is_first: bool) -> None:
    """Name to those who follow what is new or another; the first map of all in one line."""
    told = [Changed(unit.code, unit.path) for unit in (*loaded.added, *loaded.changed)]
    record_changes(Kind.UNIT, [Changed("")] if is_first and told else told)


def _owe_summaries(
    loaded: Loaded[AdministrativeUnit], held: Mapping[int, AdministrativeUnit]
) -> None:
    """Mark what was added to or moved on a map that summaries may rest on."""
    moved = [unit for unit in loaded.changed if _differs(unit, held[unit.pk], PLACE_FIELDS)]
    units = [*loaded.added, *moved, *(held[unit.pk] for unit in moved)]
    owed = {pk for unit in units for pk in (unit.pk, unit.parent_id) if pk}
    if owed:
        mark_stale(sorted(owed), since=date.min)
