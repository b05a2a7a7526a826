"""The criteria that hold most communes back, in a place and in each region or unit of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from programme.dashboard import regions, tallies

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from communes.models import AdministrativeUnit, Region
    from programme.dashboard.tallies import Cell

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A unit, or a region of units, and the criteria most communes there do not meet."""

    unit: AdministrativeUnit | None
    region: Region | None
    cells: Sequence[Cell]

    @property
    def label(self) -> str:
        """Return what it is called."""
        named = self.unit.short_label if self.unit else None
        return named or (self.region.label if self.region else "")


def table(
    place: AdministrativeUnit,
    units: Sequence[AdministrativeUnit],
    cells: Mapping[str, Sequence[Cell]],
    *,
    compares_regions: bool = True,
) -> list[Line]:
    """Return the lines: the whole place first, then its regions or, of one region, its units."""
    of_regions = [
        Line(None, region, tallies.summed(cells.get(unit.code, ()) for unit in within))
        for region, within in (regions.by_region(units) if compares_regions else ())
    ]
    parts = of_regions or [
        Line(unit, None, cells[unit.code]) for unit in units if unit.code in cells
    ]
    lines = [Line(place, None, cells.get(place.code, ())), *parts]
    worst = [
        Line(line.unit, line.region, tallies.most_blocking(line.cells, SHOWN)) for line in lines
    ]
    return [line for line in worst if line.cells]
