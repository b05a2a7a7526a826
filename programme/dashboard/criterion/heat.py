"""Criteria by units: the share of communes that meet each, as a table with classes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communes.models import AdministrativeUnit
from ntm_portal.lib.text import fold
from programme.dashboard import tallies
from programme.dashboard.maps import classes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from communes.models import Region
    from criteria.models import Criterion
    from programme.dashboard.tallies import Cell

COUNTED = tallies.COUNTED


@dataclass(frozen=True, slots=True)
class Square:
    """One criterion in one unit."""

    code: str
    share: Decimal | None
    heat: int


@dataclass(frozen=True, slots=True)
class Line:
    """A unit, or a region of the units below it, with a square for each criterion.

    Neither: what stands in the place and in none of the units below, such as divided communes.
    """

    unit: AdministrativeUnit | None
    region: Region | None
    squares: Sequence[Square]


@dataclass(frozen=True, slots=True)
class Table:
    """The criteria and the lines: the whole place first, then regions, then units."""

    criteria: Sequence[Criterion]
    lines: Sequence[Line]


def table(
    place: AdministrativeUnit,
    units: Sequence[AdministrativeUnit],
    cells: Mapping[str, Sequence[Cell]],
    *,
    is_carried: bool = False,
) -> Table:
    """Return the table of a place; regions stand in it where the units lie in several.

    With figures that were carried from another map regions are not compared, and what was divided
    between the units below has a line of its own.
    """
    own = cells.get(place.code, ())
    criteria = [cell.criterion for cell in own]
    lines = [Line(place, None, _squares(criteria, own))]
    lines += [
        Line(None, region, _squares(criteria, summed(cells.get(unit.code, ()) for unit in within)))
        for region, within in (() if is_carried else by_region(units))
    ]
    lines += [
        Line(unit, None, _squares(criteria, cells[unit.code]))
        for unit in sorted(units, key=lambda unit: fold(unit.short_name))
        if unit.code in cells
    ]
    if is_carried and (rest := remaining(own, [cells.get(unit.code, ()) for unit in units])):
        lines.append(Line(None, None, _squares(criteria, rest)))
    return Table(criteria, lines)


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


def summed(several: Iterable[Sequence[Cell]]) -> list[Cell]:
    """Return the sum of cells of several units, criterion by criterion."""
    totals: dict[int, list[int]] = defaultdict(lambda: [0] * len(COUNTED))
    criteria: dict[int, Criterion] = {}
    for cells in several:
        for cell in cells:
            criteria[cell.criterion.pk] = cell.criterion
            total = totals[cell.criterion.pk]
            for at, name in enumerate(COUNTED):
                total[at] += getattr(cell, name)
    ordered = sorted(criteria.values(), key=lambda criterion: criterion.position)
    return [tallies.Cell(criterion, *totals[criterion.pk]) for criterion in ordered]


def remaining(whole: Iterable[Cell], parts: Iterable[Sequence[Cell]]) -> list[Cell]:
    """Return what of a place stands in none of its parts, where that is anything."""
    below = {cell.criterion.pk: cell for cell in summed(parts)}
    none = dict.fromkeys(COUNTED, 0)
    rest = [
        tallies.Cell(
            cell.criterion,
            *(getattr(cell, name) - getattr(held, name, none[name]) for name in COUNTED),
        )
        for cell in whole
        for held in [below.get(cell.criterion.pk)]
    ]
    return rest if any(getattr(cell, name) for cell in rest for name in COUNTED) else []


def _squares(criteria: Sequence[Criterion], cells: Sequence[Cell]) -> list[Square]:
    scale = classes.of_percent()
    shares = {cell.criterion.pk: cell.met_share for cell in cells}
    return [Square(item.code, found := shares.get(item.pk), scale.heat(found)) for item in criteria]
