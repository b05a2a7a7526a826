"""What the page of an area shows of the units within it: criteria, hints and tables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from communes.models import AdministrativeUnit
from programme.dashboard import children, columns, figures, ground, hints, regions, tallies

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.utils.functional import _StrPromise

    from programme.dashboard.children import Row
    from programme.dashboard.columns import Column
    from programme.dashboard.figures import Figures
    from programme.dashboard.hints import Hints
    from programme.dashboard.origins import Former
    from programme.dashboard.rounds import Rounds
    from programme.dashboard.tallies import Cell

Level = AdministrativeUnit.Level
LEVELS = list(Level.values)


@dataclass(frozen=True, slots=True)
class Table:
    """Units of one level that stand at a place; `query` is what links to them carry."""

    title: str | _StrPromise
    columns: Sequence[Column]
    rows: Sequence[Row]
    is_of_communes: bool
    query: str


@dataclass(frozen=True, slots=True)
class Area:
    """What lies within a place; `outside` are the units the programme does not judge."""

    rows: Sequence[Row]
    cells: Sequence[Cell]
    hints: Hints
    regions: Sequence[regions.Line]
    tables: Sequence[Table]
    outside: Sequence[AdministrativeUnit]


def read(unit: AdministrativeUnit, rounds: Rounds, order: str) -> Area:
    """Return what lies within a place in a round, its tables in the order asked for."""
    units = ground.below(unit, rounds)
    return of(unit, units, rounds, figures.read(unit, units, rounds), order)


def of(
    unit: AdministrativeUnit,
    units: Sequence[AdministrativeUnit],
    rounds: Rounds,
    known: Mapping[tuple[str, int], Figures],
    order: str,
    formers: Sequence[Former] = (),
    known_formers: Mapping[tuple[str, int], Figures] | None = None,
) -> Area:
    """Return what lies within a place of which the units below and their figures are known.

    On the present map the former communes that stand right here make a table of their own.
    """
    cells = tallies.of([unit, *units], rounds)
    rows = children.rows(units, rounds, known, cells)
    own = cells.get(unit.code, [])
    judged = [row for row in rows if not row.is_outside]
    return Area(
        rows=judged,
        cells=own,
        hints=hints.read(unit, rounds, own, [row for row in judged if not row.is_commune]),
        regions=[] if rounds.is_carried else regions.lines(judged, cells),
        tables=[
            *tables(judged, order, rounds),
            *tables(
                _rows_of(formers, rounds, known_formers or {}),
                order,
                rounds.of_round,
                columns.FORMERS,
            ),
        ],
        outside=[row.unit for row in rows if row.is_outside],
    )


def _rows_of(
    formers: Sequence[Former], rounds: Rounds, known: Mapping[tuple[str, int], Figures]
) -> list[Row]:
    units = [former.unit for former in formers]
    found = children.rows(units, rounds.of_round, known, {})
    is_open = {former.unit.pk: former.is_open for former in formers}
    return [replace(row, is_open=is_open[row.unit.pk]) for row in found if not row.is_outside]


def tables(
    rows: Iterable[Row],
    asked: str,
    rounds: Rounds,
    titles: Mapping[Level, _StrPromise] = columns.TITLES,
) -> Iterable[Table]:
    """Yield a table for each level there is: no depth of the map is assumed."""
    by_level = sorted(rows, key=lambda row: LEVELS.index(row.unit.level))
    for level, group in groupby(by_level, key=lambda row: row.unit.level):
        found = list(group)
        is_of_communes = all(row.is_commune for row in found)
        plan = columns.COMMUNES if is_of_communes else columns.AREAS
        order = columns.known(asked, plan)
        yield Table(
            title=titles[Level(level)],
            columns=columns.heads(plan, order),
            rows=children.ordered(found, order),
            is_of_communes=is_of_communes,
            query=rounds.query,
        )
