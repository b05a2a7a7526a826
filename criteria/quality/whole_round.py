"""The rules over all communes of a round: values read in sets, warnings ranked."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communes.querysets import path_within
from criteria.models import Assessment, IndicatorValue, Measure, ReportingRound, ValueNote
from criteria.quality.finding import Standing, Warned, warnings_of
from criteria.quality.rules import Kind, Rule, shipped
from criteria.scoring.verdicts import NOT_ASSESSED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from criteria.scoring.verdicts import Typed

ROUNDS_BEFORE = 3
NOW = ("assessment_id", "measure__code", "measure__kind", "number", "is_not_assessed", "verdict")
THEN = ("assessment__unit_id", "measure__code", "number", "is_not_assessed")
Past = dict[tuple[int, str], list["Typed"]]


@dataclass(frozen=True, slots=True)
class RoundWarning:
    """A warning about one commune, and whether somebody has written a note there."""

    assessment: Assessment
    warned: Warned
    is_explained: bool


def warnings_in(round_: ReportingRound, paths: Iterable[str]) -> list[RoundWarning]:
    """Return every warning within `paths`: those without a note first, then by weight.

    As many queries as there are rounds looked back on, and three; nothing is written.
    """
    paths = list(paths)
    loaded = Assessment.objects.filter(round=round_).within(paths)
    assessments = {
        item.pk: item for item in loaded.select_related("unit__parent", "round", "criteria_set")
    }
    values = _values(round_, paths, assessments)
    noted = set(
        ValueNote.objects.filter(path_within(paths, "assessment__unit__path"))
        .filter(assessment__round=round_)
        .order_by()
        .values_list("assessment_id", "measure__code")
    )
    found = [
        RoundWarning(assessments[pk], warned, (pk, warned.code) in noted)
        for pk, standing in values.items()
        for warned in warnings_of(shipped(), assessments[pk].criteria_set.code, standing)
    ]
    found += identical_in(assessments, values)
    return sorted(found, key=_rank)


def _rank(item: RoundWarning) -> tuple[object, ...]:
    return item.is_explained, *item.warned.rank, item.assessment.unit.path, item.warned.code


def _values(
    round_: ReportingRound, paths: Sequence[str], assessments: Mapping[int, Assessment]
) -> dict[int, dict[str, Standing]]:
    past = _past(round_, paths)
    found: defaultdict[int, dict[str, Standing]] = defaultdict(dict)
    rows = IndicatorValue.objects.filter(
        path_within(paths, "assessment__unit__path"), assessment__round=round_
    ).order_by()
    for pk, code, kind, number, is_left_out, verdict in rows.values_list(*NOW):
        if kind == Measure.Kind.YES_NO:
            before: Sequence[Typed] = ()
        else:
            before = past.get((assessments[pk].unit_id, code), ())
        typed = NOT_ASSESSED if is_left_out else number
        found[pk][code] = Standing(code, kind, typed, verdict, before)
    return found


def _past(round_: ReportingRound, paths: Sequence[str]) -> Past:
    """Return, by unit and code, what stood in the rounds before, the latest first."""
    earlier = ReportingRound.objects.filter(reference_date__lt=round_.reference_date)
    past: Past = defaultdict(list)
    for before in earlier.order_by("-reference_date")[:ROUNDS_BEFORE]:
        rows = IndicatorValue.objects.filter(
            path_within(paths, "assessment__unit__path"), assessment__round=before
        ).exclude(measure__kind=Measure.Kind.YES_NO)
        for unit, code, number, is_left_out in rows.order_by().values_list(*THEN):
            past[unit, code].append(NOT_ASSESSED if is_left_out else number)
    return past


def identical_in(
    assessments: Mapping[int, Assessment], values: Mapping[int, Mapping[str, Standing]]
) -> Iterable[RoundWarning]:
    """Yield the communes of one parent of which all numbers are alike."""
    rows: dict[int, tuple[object, ...]] = {}
    for pk, standing in values.items():
        numbers = sorted(
            (value.code, value.number)
            for value in standing.values()
            if value.kind != Measure.Kind.YES_NO and value.number is not None
        )
        rows[pk] = (assessments[pk].unit.parent_id, *numbers)
    counted = Counter(rows.values())
    for rule in _identical_rules():
        for pk, row in rows.items():
            if len(row) > 1 and counted[row] >= rule.rounds:
                yield RoundWarning(assessments[pk], Warned(rule, "", None), is_explained=False)


def _identical_rules() -> list[Rule]:
    return [rule for rule in shipped() if rule.kind is Kind.IDENTICAL]
