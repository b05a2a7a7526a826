"""The assessments of one province as rows: judged in memory, written once, in bulk."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from criteria.assessment import outcome_of
from criteria.models import (
    Assessment,
    AssessmentEvent,
    CriterionVerdict,
    IndicatorValue,
    Outcome,
    ValueChange,
)
from criteria.models.assessments import Basis
from criteria.scoring.verdicts import NOT_ASSESSED, Typed
from programme.demonstration.bulk import Row, moment, reserve, write
from programme.demonstration.story import Course

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from django.db.models import Model

    from criteria.scoring.judging import SetJudgement
    from programme.demonstration.chapters import Chapter

    Rows = defaultdict[type[Model], list[Row]]

Status = Assessment.Status
OUTCOME_COLUMNS = [field.attname for field in Outcome._meta.concrete_fields]
COLUMNS: dict[type[Model], list[str]] = {
    Assessment: [
        "id",
        "unit_id",
        "round_id",
        "criteria_set_id",
        "status",
        "version",
        "updated_at",
        "submitted_at",
        "submitted_by_id",
        "verified_at",
        "verified_by_id",
    ],
    AssessmentEvent: ["assessment_id", "at", "by_id", "from_status", "to_status", "reason"],
    IndicatorValue: [
        "id",
        "assessment_id",
        "measure_id",
        "number",
        "verified_number",
        "is_not_assessed",
        "verified_is_not_assessed",
        "note",
        "is_carried",
        "version",
        "verdict",
        "threshold_id",
        "distance",
        "updated_at",
        "updated_by_id",
    ],
    ValueChange: [
        "value_id",
        "version",
        "old_number",
        "new_number",
        "old_is_not_assessed",
        "new_is_not_assessed",
        "channel",
        "at",
        "by_id",
    ],
    Outcome: OUTCOME_COLUMNS,
    CriterionVerdict: ["outcome_id", "criterion_id", "verdict"],
}
_outcome_row = attrgetter(*OUTCOME_COLUMNS)


@dataclass(frozen=True, slots=True)
class Actors:
    """The ids of those who act in a province: who types, who reviews, who loads."""

    typist: int
    reviewer: int
    maker: int

    def of(self, status: str, *, is_first: bool) -> int:
        """Return who brings an assessment to `status`."""
        if is_first:
            return self.maker
        return self.reviewer if status in {Status.VERIFIED, Status.RETURNED} else self.typist


def write_assessments(chapters: Sequence[Chapter], actors: Actors) -> None:
    """Judge what the communes of a province report and write everything that is kept of it."""
    rows: Rows = defaultdict(list)
    value_ids = iter(reserve(IndicatorValue, sum(len(item.figures) for item in chapters)))
    outcome_ids = iter(reserve(Outcome, len(chapters) * len(Basis)))
    for chapter, pk in zip(chapters, reserve(Assessment, len(chapters)), strict=True):
        judged = chapter.stage.judge.judge(chapter.numbers, chapter.place)
        rows[Assessment].append(_assessment(chapter, pk, actors))
        rows[AssessmentEvent] += _events(chapter, pk, actors)
        _add_values(rows, chapter, pk, judged, value_ids, actors.typist)
        _add_outcome(rows, chapter, Basis.REPORTED, judged, pk, next(outcome_ids))
        if chapter.verified is not None:
            if chapter.progress.course is Course.CHANGED:
                judged = chapter.stage.judge.judge(chapter.verified, chapter.place)
            _add_outcome(rows, chapter, Basis.VERIFIED, judged, pk, next(outcome_ids))
    for model, columns in COLUMNS.items():
        write(model, columns, rows[model])


def _assessment(chapter: Chapter, pk: int, actors: Actors) -> Row:
    way, stage = chapter.progress, chapter.stage
    sent, verified = way.last(Status.SUBMITTED), way.last(Status.VERIFIED)
    return (
        pk,
        chapter.commune.pk,
        stage.round.pk,
        stage.judge.spec.id,
        way.status.value,
        len(way.steps),
        moment(max(way.typed_at, way.steps[-1].at)),
        sent and moment(sent),
        sent and actors.typist,
        verified and moment(verified),
        verified and actors.reviewer,
    )


def _events(chapter: Chapter, pk: int, actors: Actors) -> Iterator[Row]:
    before = ""
    for step in chapter.progress.steps:
        by = actors.of(step.status, is_first=not before)
        reason = _reason(chapter, before, step.status)
        yield pk, moment(step.at), by, before, step.status.value, reason
        before = step.status.value


def _reason(chapter: Chapter, before: str, status: str) -> str:
    """Say what the services say of the same step."""
    if not before:
        words = {"round": chapter.stage.carried_from}
        return _("Values carried from round %(round)s.") % words if words["round"] else ""
    if before == Status.VERIFIED:
        typed = chapter.typed_codes
        return _("Changed after verification: %(codes)s.") % {"codes": ", ".join(typed)}
    return chapter.progress.reason if status == Status.RETURNED else ""


def _add_values(
    rows: Rows,
    chapter: Chapter,
    assessment_id: int,
    judged: SetJudgement,
    ids: Iterator[int],
    typist: int,
) -> None:
    typed_at = [moment(at) for at in chapter.typed_at]
    verified = chapter.verified or {}
    channel = ValueChange.Channel.DEMONSTRATION.value
    values, changes = rows[IndicatorValue], rows[ValueChange]
    for measure_id, figure in chapter.figures.items():
        pk, found = next(ids), judged.measures[measure_id]
        then = verified.get(measure_id)
        is_carried = figure.typed_in < chapter.index
        version = 2 if chapter.index and not is_carried else 1
        at = typed_at[figure.typed_in]
        values.append(
            (
                pk,
                assessment_id,
                measure_id,
                _number(figure.number),
                _number(then),
                figure.number is NOT_ASSESSED,
                then is NOT_ASSESSED,
                "",
                is_carried,
                version,
                found.verdict.value,
                found.rule.id if found.rule else None,
                found.distance,
                at,
                typist,
            )
        )
        if not is_carried:
            left_out = (figure.before is NOT_ASSESSED, figure.number is NOT_ASSESSED)
            numbers = (_number(figure.before), _number(figure.number))
            changes.append((pk, version, *numbers, *left_out, channel, at, typist))


def _number(typed: Typed) -> Decimal | None:
    return None if typed is NOT_ASSESSED else typed


def _add_outcome(
    rows: Rows, chapter: Chapter, basis: Basis, judged: SetJudgement, assessment_id: int, pk: int
) -> None:
    outcome = outcome_of(assessment_id, basis.value, judged, chapter.stage.judge.spec)
    outcome.pk = pk
    rows[Outcome].append(_outcome_row(outcome))
    rows[CriterionVerdict] += [
        (pk, criterion_id, verdict.value) for criterion_id, verdict in judged.criteria.items()
    ]
