"""Criteria by units: the share of communes that meet each, as a table with classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from communes.models import AdministrativeUnit
from ntm_portal.lib.text import alphabetical
from programme.dashboard import regions, tallies
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
        Line(
            None,
            region,
            _squares(criteria, tallies.summed(cells.get(unit.code, ()) for unit in within)),
        )
        for region, within in (() if is_carried else regions.by_region(units))
    ]
    lines += [
        Line(unit, None, _squares(criteria, cells[unit.code]))
        for unit in sorted(units, key=lambda unit: alphabetical(unit.short_name))
        if unit.code in cells
    ]
    if is_carried and (rest := remaining(own, [cells.get(unit.code, ()) for unit in units])):
        lines.append(Line(None, None, _squares(criteria, rest)))
    return Table(criteria, lines)


def remaining(whole: Iterable[Cell], parts: Iterable[Sequence[Cell]]) -> list[Cell]:
    """Return what of a place stands in none of its parts, where that is anything."""
    below = {cell.criterion.pk: cell for cell in tallies.summed(parts)}
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
