"""What the page of an area shows of the units within it: criteria, hints and tables."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from communes.models import AdministrativeUnit
from programme.dashboard import children, columns, figures, ground, hints, tallies

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.utils.functional import _StrPromise

    from programme.dashboard.children import Row
    from programme.dashboard.columns import Column
    from programme.dashboard.figures import Figures
    from programme.dashboard.hints import Hints
    from programme.dashboard.rounds import Rounds
    from programme.dashboard.tallies import Cell

LEVELS = list(AdministrativeUnit.Level.values)


@dataclass(frozen=True, slots=True)
class Table:
    """The units of one level directly below a place."""

    title: str | _StrPromise
    columns: Sequence[Column]
    rows: Sequence[Row]
    is_of_communes: bool


@dataclass(frozen=True, slots=True)
class Area:
    """What lies within a place; `outside` are the units the programme does not judge."""

    rows: Sequence[Row]
    cells: Sequence[Cell]
    hints: Hints
    tables: Sequence[Table]
    outside: Sequence[AdministrativeUnit]


def read(unit: AdministrativeUnit, rounds: Rounds, order: str) -> Area:
    """Return what lies within a place in a round, its tables in the order asked for."""
    units = ground.below(unit, rounds.day)
    codes = [child.code for child in units]
    return of(unit, units, rounds, figures.of_units(codes, rounds.compared), order)


def of(
    unit: AdministrativeUnit,
    units: Sequence[AdministrativeUnit],
    rounds: Rounds,
    known: Mapping[tuple[str, int], Figures],
    order: str,
) -> Area:
    """Return what lies within a place of which the units below and their figures are known."""
    cells = tallies.read([unit.code, *(child.code for child in units)], rounds.chosen)
    rows = children.rows(units, rounds, known, cells)
    own = cells.get(unit.code, [])
    judged = [row for row in rows if not row.is_outside]
    return Area(
        rows=judged,
        cells=own,
        hints=hints.read(unit, rounds, own, [row for row in judged if not row.is_commune]),
        tables=list(_tables(judged, order)),
        outside=[row.unit for row in rows if row.is_outside],
    )


def _tables(rows: Iterable[Row], asked: str) -> Iterable[Table]:
    """Yield a table for each level there is: no depth of the map is assumed."""
    by_level = sorted(rows, key=lambda row: LEVELS.index(row.unit.level))
    for level, group in groupby(by_level, key=lambda row: row.unit.level):
        is_of_communes = level == AdministrativeUnit.Level.COMMUNE
        plan = columns.COMMUNES if is_of_communes else columns.AREAS
        order = columns.known(asked, plan)
        yield Table(
            title=columns.TITLES[AdministrativeUnit.Level(level)],
            columns=columns.heads(plan, order),
            rows=children.ordered(group, order),
            is_of_communes=is_of_communes,
        )
