"""The rows of one assessment, loaded in a fixed number of queries and judged in memory."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from criteria.models import IndicatorValue
from criteria.presentation.behind import counted_behind
from criteria.presentation.levels import levels_of
from criteria.presentation.quality import sentence_of
from criteria.presentation.rows import Compared, Past, ValueRow
from criteria.presentation.wording import Asks, PlaceNames, number_text
from criteria.quality.finding import Standing, warnings_of
from criteria.quality.rules import shipped
from criteria.scoring.verdicts import NOT_ASSESSED
from criteria.services.last_verified import last_verified, newly_backed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from criteria.forms import Answer
    from criteria.models import Assessment, Criterion, Measure
    from criteria.scoring.judgements import SetJudgement
    from criteria.services.judged import Judged

ROUNDS_BEFORE = 4


@dataclass(frozen=True, slots=True)
class JudgedAssessment:
    """An assessment with all its rows, in order, and the verdicts on the whole."""

    assessment: Assessment
    rows: tuple[ValueRow, ...]
    judgement: SetJudgement

    @property
    def criteria(self) -> list[Criterion]:
        """Return the criteria of the set, in order, each once."""
        found = {row.measure.indicator.criterion_id: row.measure for row in self.rows}
        return [measure.indicator.criterion for measure in found.values()]


def load_judged(
    judged: Judged, answers: Mapping[str, Answer], *, compares: bool = False
) -> JudgedAssessment:
    """Load what the page of an assessment shows, `answers` laid over what is stored.

    For who reviews it `compares` each value with what was last verified; four queries more.
    """
    assessment = judged.assessment
    place = judged.spec.seen_from(judged.place)
    names = PlaceNames.of(assessment.unit, asks=_names_asked(judged))
    moved = judged.spec.region_override if place != judged.place else None
    measures = {measure.pk: measure for measure in judged.measures.values()}
    past = _past(assessment, measures)
    behind = counted_behind(assessment)
    warnings = _warnings(judged, past)
    compared = _compared(assessment, measures) if compares else {}
    rows = tuple(
        ValueRow(
            measure=measures[item.id],
            value=judged.values.get(item.id),
            judgement=judged.judgement.measures[item.id],
            levels=levels_of(measures[item.id], item.rules, place, names),
            round_code=assessment.round.code,
            past=tuple(past[item.id][-ROUNDS_BEFORE:]),
            answer=answers.get(item.code),
            override=moved,
            behind=behind[item.id],
            compared=compared.get(item.id),
            warnings=tuple(warnings[item.code]),
        )
        for item in judged.spec.measures
    )
    return JudgedAssessment(assessment, rows, judged.judgement)


def _names_asked(judged: Judged) -> Asks:
    """Return which names the levels of these values speak of."""
    rules = [rule for item in judged.spec.measures for rule in item.rules]
    is_owed = any(item.indicator.delegated_to for item in judged.measures.values())
    return Asks(
        regions=any(rule.region_code for rule in rules),
        province=is_owed or any(rule.province_code for rule in rules),
    )


def _warnings(judged: Judged, past: Mapping[int, list[Past]]) -> Mapping[str, list[str]]:
    """Return what is odd about each value, by code, in sentences."""
    verdicts = judged.judgement.measures
    standing = {
        code: Standing(
            code=code,
            kind=measure.kind,
            typed=judged.values[measure.pk].typed if measure.pk in judged.values else None,
            verdict=verdicts[measure.pk].verdict,
            before=[item.typed for item in reversed(past[measure.pk])],
        )
        for code, measure in judged.measures.items()
        if measure.pk in verdicts
    }
    said: defaultdict[str, list[str]] = defaultdict(list)
    for warned in warnings_of(shipped(), judged.assessment.criteria_set.code, standing):
        said[warned.code].append(sentence_of(warned))
    return said


def _compared(assessment: Assessment, measures: Mapping[int, Measure]) -> dict[int, Compared]:
    before = last_verified([assessment]).get(assessment.pk, {})
    backed = newly_backed([assessment])[assessment.pk]
    return {
        pk: Compared(
            typed=before.get(pk),
            text=number_text(measure.kind, before.get(pk)),
            is_newly_backed=pk in backed,
        )
        for pk, measure in measures.items()
    }


def _past(assessment: Assessment, measures: Mapping[int, Measure]) -> Mapping[int, list[Past]]:
    """Return what the unit reported in the rounds before, the oldest first."""
    earlier = IndicatorValue.objects.filter(
        assessment__unit=assessment.unit_id,
        assessment__criteria_set=assessment.criteria_set_id,
        assessment__round__reference_date__lt=assessment.round.reference_date,
    ).order_by("assessment__round__reference_date")
    past: defaultdict[int, list[Past]] = defaultdict(list)
    columns = ("measure_id", "assessment__round__code", "number", "is_not_assessed", "verdict")
    for pk, code, number, is_left_out, verdict in earlier.values_list(*columns):
        typed = NOT_ASSESSED if is_left_out else number
        if pk in measures and typed is not None:
            past[pk].append(Past(code, typed, number_text(measures[pk].kind, typed), verdict))
    return past
