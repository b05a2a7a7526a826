"""The regions of the nation: the units below it by region, and what those of each come to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from programme.dashboard import figures, tallies
from programme.dashboard.figures import Compared

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from communes.models import AdministrativeUnit, Region
    from programme.dashboard.children import Row
    from programme.dashboard.figures import Figures
    from programme.dashboard.tallies import Cell


@dataclass(frozen=True, slots=True)
class Line(Compared):
    """A region with its figures in this round and the one before, and what it lacks most."""

    region: Region
    now: Figures
    before: Figures
    blocking: tuple[str, ...]


def by_region(
    units: Iterable[AdministrativeUnit],
) -> list[tuple[Region, list[AdministrativeUnit]]]:
    """Return the units by region, in the order of the regions; nothing where there is but one."""
    found: dict[int, tuple[Region, list[AdministrativeUnit]]] = {}
    for unit in units:
        if unit.region is not None:
            found.setdefault(unit.region.pk, (unit.region, []))[1].append(unit)
    ordered = sorted(found.values(), key=lambda item: item[0].position)
    return ordered if len(ordered) > 1 else []


def lines(rows: Iterable[Row], cells: Mapping[str, Sequence[Cell]]) -> list[Line]:
    """Return the regions in which units lie, each the sum of these."""
    known = {row.unit.code: row for row in rows}
    return [
        Line(
            region,
            figures.summed(row.now for row in held),
            figures.summed(row.before for row in held),
            tallies.blocking_codes(tallies.summed(cells.get(row.unit.code, ()) for row in held)),
        )
        for region, units in by_region(row.unit for row in known.values())
        for held in [[known[unit.code] for unit in units]]
    ]
