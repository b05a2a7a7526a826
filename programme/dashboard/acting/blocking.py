"""The criteria that hold most communes back, in a place and in each region or unit of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from programme.dashboard import tallies
from programme.dashboard.criterion import heat

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from communes.models import AdministrativeUnit
    from programme.dashboard.tallies import Cell

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A place, region or unit, and the criteria most communes there do not meet."""

    label: str
    code: str
    cells: Sequence[Cell]


def table(
    place: AdministrativeUnit,
    units: Sequence[AdministrativeUnit],
    cells: Mapping[str, Sequence[Cell]],
    *,
    compares_regions: bool = True,
) -> list[Line]:
    """Return the lines: the whole place first, then its regions or, of one region, its units."""
    regions = [
        Line(region.label, "", heat.summed(cells.get(unit.code, ()) for unit in within))
        for region, within in (heat.by_region(units) if compares_regions else ())
    ]
    parts = regions or [
        Line(unit.short_label, unit.code, cells[unit.code]) for unit in units if unit.code in cells
    ]
    lines = [Line(place.short_label, place.code, cells.get(place.code, ())), *parts]
    worst = [
        Line(line.label, line.code, tallies.most_blocking(line.cells, SHOWN)) for line in lines
    ]
    return [line for line in worst if line.cells]
