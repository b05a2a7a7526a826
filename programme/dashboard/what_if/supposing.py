"""Reads the communes of a place, judges them anew as supposed, and counts; nothing is written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from criteria.models import IndicatorValue
from criteria.models.assessments import VerdictChoice
from criteria.scoring.comparing import step_of
from criteria.scoring.specs import MeasureSpec
from criteria.scoring.thresholds import Place, Rule
from criteria.scoring.verdicts import NOT_ASSESSED, Verdict, combine, combine_known
from programme.dashboard import communes
from programme.dashboard.what_if.asking import Who
from programme.dashboard.what_if.counting import Change, Commune, changed, count

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from communes.models import AdministrativeUnit
    from criteria.models import Measure
    from programme.dashboard.rounds import Rounds
    from programme.dashboard.what_if.counting import Counted

NOWHERE = Place()
STANDING = ["assessment_id", "criteria_met", "unmet", "meets_all", "is_recognised"]
VERDICT = ["verdicts__criterion__code", "verdicts__verdict"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is supposed of verdicts: a criterion met, and a measure with another level."""

    met: str = ""
    who: str = Who.ALL
    measure: Measure | None = None
    level: Decimal | None = None

    @property
    def criteria(self) -> list[str]:
        """Return the codes of the criteria that are touched."""
        touched = {self.met} if self.met else set()
        if self.measure:
            touched.add(self.measure.indicator.criterion.code)
        return sorted(touched)


def suppose(
    unit: AdministrativeUnit,
    rounds: Rounds,
    asked: Asked,
    measures: Sequence[Measure],
    *,
    set_is_complete: bool,
) -> Counted:
    """Return what the communes of a place come to, and would; at most two queries."""
    standing = _communes(unit, rounds, asked)
    rejudged = _rejudged(unit, rounds, asked, measures) if asked.measure else {}
    return count(
        (was, changed(was, _change(was, asked, rejudged.get(pk)), set_is_complete=set_is_complete))
        for pk, was in standing.items()
    )


def _change(was: Commune, asked: Asked, rejudged: Verdict | None) -> Change:
    verdicts: dict[str, Verdict] = {}
    if asked.measure and rejudged is not None:
        verdicts[asked.measure.indicator.criterion.code] = rejudged
    if asked.met and (asked.who == Who.ALL or _lacks_only(was, asked.met)):
        verdicts[asked.met] = Verdict.MET
    return Change({code: after for code, after in verdicts.items() if code in was.verdicts})


def _lacks_only(was: Commune, code: str) -> bool:
    return was.unmet == 1 and was.verdicts.get(code) not in {Verdict.MET, Verdict.NOT_APPLICABLE}


def _communes(unit: AdministrativeUnit, rounds: Rounds, asked: Asked) -> dict[int, Commune]:
    """Return by assessment id how each commune stands."""
    outcomes = communes.outcomes(unit, rounds)
    rows = outcomes.filter(verdicts__criterion__code__in=asked.criteria).order_by()
    found: dict[int, tuple[int, int, bool, bool]] = {}
    verdicts: defaultdict[int, dict[str, Verdict]] = defaultdict(dict)
    for pk, met, unmet, meets_all, is_recognised, code, verdict in rows.values_list(
        *STANDING, *VERDICT
    ):
        found[pk] = (met, unmet, meets_all, is_recognised)
        verdicts[pk][code] = Verdict(verdict)
    return {pk: Commune(*row, verdicts[pk]) for pk, row in found.items()}


def _rejudged(
    unit: AdministrativeUnit, rounds: Rounds, asked: Asked, measures: Sequence[Measure]
) -> Mapping[int, Verdict]:
    """Return by assessment id the verdict on the criterion if the level were as supposed.

    The pure judge compares what was typed with the level; every other measure keeps its verdict,
    and what the law does not ask of a commune stays so.
    """
    assert asked.measure is not None  # noqa: S101  (asked by `suppose` only)
    criterion = asked.measure.indicator.criterion
    within = [item for item in measures if item.indicator.criterion_id == criterion.pk]
    step = step_of(_spec(asked.measure, asked.level), NOWHERE)
    rows = IndicatorValue.objects.filter(
        assessment__in=communes.outcomes(unit, rounds).values("assessment"),
        measure__in=[item.pk for item in within],
    ).order_by()
    typed: defaultdict[int, dict[int, Verdict]] = defaultdict(dict)
    for pk, measure_id, number, left_out, verdict in rows.values_list(
        "assessment_id", "measure_id", "number", "is_not_assessed", "verdict"
    ):
        keeps = measure_id != asked.measure.pk or verdict == VerdictChoice.NOT_APPLICABLE
        typed[pk][measure_id] = (
            Verdict(verdict) if keeps else step.judge(NOT_ASSESSED if left_out else number).verdict
        )
    return {
        pk: combine_known(_by_indicator(within, found), is_complete=criterion.is_complete)
        for pk, found in typed.items()
    }


def _by_indicator(measures: Iterable[Measure], typed: Mapping[int, Verdict]) -> list[Verdict]:
    parts: defaultdict[int, list[Verdict]] = defaultdict(list)
    for measure in measures:
        parts[measure.indicator_id].append(typed.get(measure.pk, Verdict.MISSING))
    return [combine(found) for found in parts.values()]


def _spec(measure: Measure, level: Decimal | None) -> MeasureSpec:
    """Return the measure as if the law asked this level of everybody."""
    return MeasureSpec(
        id=measure.pk,
        code=measure.code,
        kind=measure.kind,
        comparator=measure.comparator,
        delegated_to="",
        rules=(Rule(id=0, value=level),),
        may_be_left_out=bool(measure.not_assessed_when),
    )
