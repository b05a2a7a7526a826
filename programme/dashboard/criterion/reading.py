"""One criterion in a place: over the rounds, and in each unit and region below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from criteria.models.assessments import Basis
from programme import carried
from programme.dashboard import groups, regions, tallies
from programme.dashboard.tallies import COUNTED, Cell
from programme.models import CriterionTally

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from communes.models import AdministrativeUnit, Region
    from criteria.models import Criterion, ReportingRound
    from programme.dashboard.rounds import Rounds


@dataclass(frozen=True, slots=True)
class InRound:
    """The criterion in one round, as reported and as verified."""

    round: ReportingRound
    reported: Cell
    verified: Cell | None


@dataclass(frozen=True, slots=True)
class Part:
    """The criterion in a unit, or in a region of the units below."""

    unit: AdministrativeUnit | None
    region: Region | None
    cell: Cell


def over_rounds(unit: AdministrativeUnit, criterion: Criterion, rounds: Rounds) -> list[InRound]:
    """Return the criterion of a place in each round up to the one shown; one query.

    Of a group each round counts those that belonged to it on its own day.
    """
    cells = (
        groups.over_rounds(unit, criterion, rounds)
        if rounds.is_cut
        else (_carried if rounds.is_carried else _stored)(unit, criterion, rounds)
    )
    return [
        InRound(item, reported, cells.get((item.pk, Basis.VERIFIED)))
        for item in rounds.up_to_chosen
        if (reported := cells.get((item.pk, Basis.REPORTED)))
    ]


def _stored(
    unit: AdministrativeUnit, criterion: Criterion, rounds: Rounds
) -> Mapping[tuple[int, str], Cell]:
    rows = CriterionTally.objects.filter(
        unit__code=unit.code,
        criterion=criterion,
        round__in=[item.pk for item in rounds.up_to_chosen],
    ).order_by()
    return {
        (round_id, basis): Cell(criterion, *counted)
        for round_id, basis, *counted in rows.values_list("round_id", "basis", *COUNTED)
    }


def _carried(
    unit: AdministrativeUnit, criterion: Criterion, rounds: Rounds
) -> Mapping[tuple[int, str], Cell]:
    found = carried.tallies([unit.pk], rounds.up_to_chosen, Basis.values, criterion, rounds.addends)
    return {
        (round_id, basis): Cell(criterion, *(counted[name] for name in COUNTED))
        for (_unit, _criterion, round_id, basis), counted in found.counted.items()
    }


def parts(
    criterion: Criterion,
    units: Sequence[AdministrativeUnit],
    cells: Mapping[str, Sequence[Cell]],
    *,
    compares_regions: bool = True,
) -> list[Part]:
    """Return the criterion in each region and unit below, where fewest meet it first."""
    own = {
        code: cell for code, found in cells.items() for cell in found if cell.criterion == criterion
    }
    of_regions = [
        Part(None, region, cell)
        for region, within in (regions.by_region(units) if compares_regions else ())
        for cell in tallies.summed([own[unit.code]] for unit in within if unit.code in own)
    ]
    found = [Part(unit, None, own[unit.code]) for unit in units if unit.code in own]
    return of_regions + sorted(
        found, key=lambda part: (part.cell.met_share is None, part.cell.met_share or 0)
    )
