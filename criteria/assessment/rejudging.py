"""Stored values judged anew, in bulk; the same for one assessment and for many."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from criteria.assessment.judge import Judge
from criteria.assessment.outcomes import write_outcomes
from criteria.assessment.places import places_of
from criteria.models import Assessment, IndicatorValue
from criteria.models.assessments import Basis
from ntm_portal.lib.writing_over import write_over

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from criteria.scoring.judgements import SetJudgement


def rejudge(assessment_ids: Collection[int], *, bases: Collection[str] = (Basis.REPORTED,)) -> None:
    """Judge stored values anew and write verdicts and outcomes; the same for one and for many.

    The caller holds the transaction and the locks. All assessments must be of one round and set.
    """
    ids = list(assessment_ids)
    assessments = list(
        Assessment.objects.filter(pk__in=ids).select_related("unit", "round", "criteria_set")
    )
    if not assessments:
        return
    day = assessments[0].round.reference_date
    judge = Judge.of(assessments[0].criteria_set, day)
    places = places_of([item.unit for item in assessments], day)
    values: defaultdict[int, list[IndicatorValue]] = defaultdict(list)
    for value in IndicatorValue.objects.filter(assessment_id__in=ids):
        values[value.assessment_id].append(value)
    judged: dict[tuple[int, str], SetJudgement] = {}
    for item in assessments:
        for basis in bases:
            numbers = {
                value.measure_id: value.verified if basis == Basis.VERIFIED else value.typed
                for value in values[item.pk]
            }
            judged[item.pk, basis] = judge.judge(numbers, places[item.unit_id])
    if Basis.REPORTED in bases:
        _write_values(values, judged)
    write_outcomes(judged, judge.spec)


def _write_values(
    values: Mapping[int, list[IndicatorValue]], judged: Mapping[tuple[int, str], SetJudgement]
) -> None:
    changed = []
    for assessment_id, rows in values.items():
        verdicts = judged[assessment_id, Basis.REPORTED].measures
        for row in rows:
            if (found := verdicts.get(row.measure_id)) is None:
                continue  # a measure that an amendment closed: kept, no longer judged
            rule_id = found.rule.id if found.rule else None
            new = (str(found.verdict), rule_id, found.distance)
            if (row.verdict, row.threshold_id, row.distance) != new:
                row.verdict, row.threshold_id, row.distance = new
                changed.append(row)
    write_over(changed, ["verdict", "threshold", "distance"])
