"""The files of the map, checked and worked out; nothing here touches the database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communes.data_rows import DamagedFileError, Row, rows
from communes.models import AdministrativeUnit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

REGION_COLUMNS = ["code", "name", "name_en", "position", "provinces"]
UNIT_COLUMNS = [
    "code",
    "name",
    "name_en",
    "short_name",
    "kind",
    "level",
    "parent_code",
    "valid_from",
    "valid_to",
]
CODE = re.compile(r"[0-9A-Z]{1,10}")


@dataclass(frozen=True, slots=True)
class RegionLine:
    """A region and the codes of its provinces."""

    code: str
    name: str
    name_en: str
    position: int
    provinces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A version of a unit; its path and its region come from its parents."""

    code: str
    name: str
    name_en: str
    short_name: str
    kind: str
    level: str
    parent_code: str
    path: str
    region_code: str
    valid_from: date | None
    valid_to: date | None

    @property
    def depth(self) -> int:
        """Return how many units stand above it."""
        return self.path.count("/") - 2


def read_regions(path: Path) -> list[RegionLine]:
    """Return the regions of `path`; no province may be in two of them."""
    regions: list[RegionLine] = []
    seen: set[str] = set()
    for row in rows(path, REGION_COLUMNS):
        provinces = tuple(row["provinces"].split())
        if twice := seen.intersection(provinces):
            row.refuse(f"province {min(twice)} is in another region too")
        seen.update(provinces)
        name, position = row.filled("name"), row.number("position")
        regions.append(RegionLine(row.filled("code"), name, row["name_en"], position, provinces))
    return regions


def read_units(path: Path, regions: Sequence[RegionLine]) -> list[UnitLine]:
    """Return the units of `path`, where a parent stands on a line before its children."""
    region_of = {province: region.code for region in regions for province in region.provinces}
    units: dict[str, UnitLine] = {}
    for row in rows(path, UNIT_COLUMNS):
        units[row["code"]] = _unit(row, units, region_of)
    if strangers := region_of.keys() - units.keys():
        raise DamagedFileError(path, 1, f"province {min(strangers)} of a region is missing")
    return list(units.values())


def _unit(row: Row, before: Mapping[str, UnitLine], region_of: Mapping[str, str]) -> UnitLine:
    code = _new_code(row, before)
    parent = _parent(row, before)
    valid_from, valid_to = _days(row)
    return UnitLine(
        code=code,
        name=row.filled("name"),
        name_en=row["name_en"],
        short_name=row.filled("short_name"),
        kind=row.one_of(AdministrativeUnit.Kind.values, "kind"),
        level=row.one_of(AdministrativeUnit.Level.values, "level"),
        parent_code=row["parent_code"],
        path=f"{parent.path if parent else '/'}{code}/",
        region_code=_region(row, parent, region_of),
        valid_from=valid_from,
        valid_to=valid_to,
    )


def _new_code(row: Row, before: Mapping[str, UnitLine]) -> str:
    code = row["code"]
    if not CODE.fullmatch(code):
        row.refuse(f"code “{code}” is not made of digits or capital letters")
    if code in before:
        row.refuse(f"unit {code} stands on an earlier line too")
    return code


def _parent(row: Row, before: Mapping[str, UnitLine]) -> UnitLine | None:
    code = row["parent_code"]
    if (row["level"] == AdministrativeUnit.Level.NATION) != (not code):
        row.refuse("the nation has no parent and every other unit has one")
    if code and code not in before:
        row.refuse(f"parent {code} stands on no earlier line")
    return before.get(code)


def _region(row: Row, parent: UnitLine | None, region_of: Mapping[str, str]) -> str:
    """Return the region of a province, which every unit below it inherits."""
    region = region_of.get(row["code"]) or (parent.region_code if parent else "")
    if parent and not region:
        row.refuse(f"unit {row['code']} lies in no region")
    return region


def _days(row: Row) -> tuple[date | None, date | None]:
    starts, ends = row.day("valid_from"), row.day("valid_to")
    if starts and ends and ends < starts:
        row.refuse(f"it ends on {ends}, before it begins on {starts}")
    return starts, ends
