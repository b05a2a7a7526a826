"""The paces of many targets at once, for whoever reads them together."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from criteria.models.assessments import Basis
from programme import carried
from programme.dashboard import origins, pace
from programme.dashboard.figures import Figures
from programme.dashboard.progress import readings
from programme.dashboard.rounds import Rounds
from programme.metrics import Kind
from programme.models import Summary, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from criteria.models import ReportingRound
    from programme.dashboard.pace import Pace
    from programme.dashboard.targets import TargetStanding


def paces_of(
    standings: Sequence[TargetStanding],
    rounds: Iterable[ReportingRound],
    *,
    is_carried: bool = False,
) -> dict[int, Pace | None]:
    """Return, by the key of the target, the pace up to the round it is shown in; one query.

    `rounds` are those whose figures may be read, in any order; carried to the present map it takes
    a few queries more, however many targets.
    """
    if not standings:
        return {}
    newest_first = sorted(rounds, key=lambda item: item.reference_date, reverse=True)
    shown = Rounds(tuple(newest_first), standings[0].round)
    series: defaultdict[str, dict[int, Figures]] = defaultdict(dict)
    codes = {standing.target.unit_code for standing in standings}
    for code, row in (_carried if is_carried else _rows)(codes, shown):
        if row.basis == Basis.REPORTED and row.computed_at:
            series[code][row.round_id] = Figures(row, Summary())
    return {
        standing.target.pk: _pace(standing, series[standing.target.unit_code], shown)
        for standing in standings
    }


def _rows(codes: set[str], shown: Rounds) -> Iterable[tuple[str, Summary]]:
    rows = Summary.objects.filter(unit__code__in=codes, round__in=shown.up_to_chosen)
    return ((row.unit.code, row) for row in rows.select_related("unit"))


def _carried(codes: set[str], shown: Rounds) -> Iterable[tuple[str, Summary]]:
    units = origins.unchanged(codes, shown.day)
    rows = carried.summaries(list(units), shown.up_to_chosen)
    return ((units[row.unit_id], row) for row in rows)


def _pace(standing: TargetStanding, series: dict[int, Figures], shown: Rounds) -> Pace | None:
    target = standing.target
    return pace.work_out(
        readings(standing.metric, series, shown, target.baseline_date),
        goal=standing.goal,
        due=target.due_on,
        asks_for_less=target.comparator == Target.Comparator.LESS_THAN,
        is_share=standing.metric.kind is Kind.PERCENT,
    )
