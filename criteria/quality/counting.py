"""How many warnings each commune of a list has: one query, however long the list."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from criteria.models import IndicatorValue, Measure, ReportingRound
from criteria.quality.finding import Standing, warnings_of
from criteria.quality.rules import shipped
from criteria.quality.whole_round import ROUNDS_BEFORE, identical_in
from criteria.scoring.verdicts import NOT_ASSESSED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from criteria.models import Assessment
    from criteria.scoring.verdicts import Typed

COLUMNS = (
    *("assessment__round", "assessment__unit", "measure__code", "measure__kind"),
    *("number", "is_not_assessed", "verdict"),
)


def counted_warnings(round_: ReportingRound, assessments: Iterable[Assessment]) -> Counter[int]:
    """Return the number of warnings by assessment id, worked out from what stands now."""
    by_unit = {item.unit_id: item for item in assessments}
    now: defaultdict[int, dict[str, Standing]] = defaultdict(dict)
    past: defaultdict[tuple[int, str], list[Typed]] = defaultdict(list)
    rounds = ReportingRound.objects.filter(reference_date__lte=round_.reference_date)
    values = IndicatorValue.objects.filter(
        assessment__unit__in=by_unit,
        assessment__round__in=rounds.order_by("-reference_date")[: ROUNDS_BEFORE + 1],
    ).order_by("-assessment__round__reference_date")
    for in_round, unit, code, kind, number, is_left_out, verdict in values.values_list(*COLUMNS):
        typed = NOT_ASSESSED if is_left_out else number
        if in_round == round_.pk:
            before = past[unit, code] if kind != Measure.Kind.YES_NO else ()
            now[by_unit[unit].pk][code] = Standing(code, kind, typed, verdict, before)
        else:
            past[unit, code].append(typed)
    sets = {item.pk: item.criteria_set_id for item in by_unit.values()}
    codes = {item.criteria_set_id: item.criteria_set.code for item in by_unit.values()}
    found = Counter(
        {
            pk: sum(1 for _ in warnings_of(shipped(), codes[sets[pk]], standing))
            for pk, standing in now.items()
        }
    )
    listed = {item.pk: item for item in by_unit.values()}
    found.update(item.assessment.pk for item in identical_in(listed, now))
    return found
