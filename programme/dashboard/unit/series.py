"""What a unit and those it was formed from counted in every round, with the breaks between."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from criteria.models.assessments import Basis
from programme.dashboard import trend
from programme.models import Summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from communes.models import AdministrativeUnit
    from criteria.models import ReportingRound
    from programme.dashboard.trend import Trend
    from programme.dashboard.unit.lineage import Break, Lineage


@dataclass(frozen=True, slots=True)
class InRound:
    """The sum of what the unit was in one round."""

    round: ReportingRound
    units: int
    communes: int
    assessed: int
    criteria_met: int
    certified: int

    @property
    def mean(self) -> Decimal | None:
        """Return the criteria met by a commune on average, of those that reported."""
        return Decimal(self.criteria_met) / self.assessed if self.assessed else None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: a round, or a break."""

    round: InRound | None = None
    mark: Break | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """The lines in the order of time, and a drawing of the criteria met."""

    lines: Sequence[Line]
    drawing: Trend | None


def read(unit: AdministrativeUnit, lineage: Lineage) -> Series:
    """Return the series; one query."""
    rows = Summary.objects.filter(unit__in=lineage.unit_ids, basis=Basis.REPORTED)
    by_round: defaultdict[ReportingRound, list[Summary]] = defaultdict(list)
    for row in rows.select_related("round").order_by("round__reference_date"):
        by_round[row.round].append(row)
    found = [_in_round(item, held) for item, held in by_round.items()]
    lines = [(item.round.reference_date, 1, Line(round=item)) for item in found]
    lines += [(mark.day, 0, Line(mark=mark)) for mark in lineage.breaks]
    return Series(
        [line for _day, _order, line in sorted(lines, key=lambda line: line[:2])],
        trend.draw(
            [
                trend.Reading(item.round.code, item.round.reference_date, item.mean)
                for item in found
                if item.mean is not None
            ],
            places=1,
            breaks=[mark.day for mark in lineage.breaks],
        ),
    )


def _in_round(round_: ReportingRound, rows: Sequence[Summary]) -> InRound:
    return InRound(
        round_,
        len(rows),
        sum(row.communes for row in rows),
        sum(row.assessed for row in rows),
        sum(row.criteria_met for row in rows),
        sum(row.certified for row in rows),
    )
