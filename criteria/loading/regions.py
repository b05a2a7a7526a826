"""The region of each province, from the shipped map."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import communes
from communes.map_files import RegionLine, read_regions

REGIONS = Path(communes.__path__[0]) / "data" / "regions.csv"


@cache
def shipped_regions() -> tuple[RegionLine, ...]:
    """Return the regions of the shipped map."""
    return tuple(read_regions(REGIONS))


@cache
def region_by_province() -> dict[str, str]:
    """Return the code of the region by that of the province."""
    return {province: item.code for item in shipped_regions() for province in item.provinces}
