"""The file of the regions, checked; nothing here touches the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from communes.data_rows import rows

if TYPE_CHECKING:
    from pathlib import Path

REGION_COLUMNS = ["code", "name", "name_en", "position", "provinces"]


@dataclass(frozen=True, slots=True)
class RegionLine:
    """A region and the codes of its provinces."""

    code: str
    name: str
    name_en: str
    position: int
    provinces: tuple[str, ...]


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
