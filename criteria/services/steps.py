"""What every step of an assessment begins and ends with: the row held, the step recorded."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils import timezone

from communes.changes import Changed, Kind, record_changes
from communes.services import mark_stale
from criteria.models import Assessment, AssessmentEvent, Measure, ReportingRound
from criteria.querysets import in_force_on
from ntm_portal.lib.writing_over import write_over

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from ntm_portal.accounts.models import User


STEPPED = ("submitted_at", "submitted_by", "verified_at", "verified_by")


def lock_assessment(assessment_id: int) -> Assessment:
    """Return the assessment with its unit, round and set, held until the transaction ends.

    The round cannot be closed meanwhile: who closes it waits for what is being saved. It is held
    before the assessment, as by whoever changes the law: the other way round, each would wait
    for what the other holds.
    """
    rounds = {
        round_.pk: round_
        for round_ in ReportingRound.objects.filter(assessments=assessment_id).shared()
    }
    assessments = Assessment.objects.select_for_update(of=("self",))
    assessment = assessments.select_related("unit__region", "criteria_set").get(pk=assessment_id)
    assessment.round = rounds[assessment.round_id]
    return assessment


def lock_assessments(ids: Iterable[int]) -> dict[int, Assessment]:
    """Return assessments by id, held like one: their rounds first, then they, in one order."""
    wanted = Assessment.objects.filter(pk__in=list(ids))
    held = ReportingRound.objects.filter(pk__in=wanted.order_by().values("round"))
    rounds = {round_.pk: round_ for round_ in held.order_by("pk").shared()}
    locked = wanted.select_for_update(of=("self",)).select_related("unit", "criteria_set")
    found = {item.pk: item for item in locked.order_by("pk")}
    for assessment in found.values():
        assessment.round = rounds[assessment.round_id]
    return found


def asked_measures(assessment: Assessment) -> QuerySet[Measure]:
    """Return what is typed for the assessment: its set's measures on the round's day, in order."""
    return Measure.objects.filter(
        in_force_on(assessment.round.reference_date),
        indicator__criterion__criteria_set=assessment.criteria_set_id,
    )


def record_step(assessment: Assessment, to: str, *, by: User, reason: str = "") -> AssessmentEvent:
    """Move the assessment to the status `to`, with its event and the mark that it is stale."""
    event = AssessmentEvent.objects.create(
        assessment=assessment,
        by=by,
        from_status=assessment.status,
        to_status=to,
        reason=reason,
        late=assessment.late_entry,
    )
    assessment.status = to
    assessment.version += 1
    assessment.save()
    tell_change(assessment, by=by)
    return event


def record_steps(assessments: Sequence[Assessment], to: str, *, by: User) -> None:
    """Do for many what `record_step` does for one; who sent or verified is written with it."""
    AssessmentEvent.objects.bulk_create(
        AssessmentEvent(
            assessment=item, by=by, from_status=item.status, to_status=to, late=item.late_entry
        )
        for item in assessments
    )
    stale: defaultdict[date, list[int]] = defaultdict(list)
    for item in assessments:
        item.status = to
        item.version += 1
        item.updated_at = timezone.now()
        stale[item.round.reference_date].append(item.unit_id)
    write_over(assessments, [*STEPPED, "status", "version", "updated_at"])
    record_changes(Kind.ASSESSMENT, map(change_of, assessments), by=by)
    for since, unit_ids in stale.items():
        mark_stale(unit_ids, since=since)


def tell_change(assessment: Assessment, *, by: User) -> None:
    """Say, in this transaction, that the assessment is another: to the roll-up, to followers."""
    record_changes(Kind.ASSESSMENT, [change_of(assessment)], by=by)
    mark_stale([assessment.unit_id], since=assessment.round.reference_date)


def change_of(assessment: Assessment) -> Changed:
    """Return the line of the ledger for an assessment that comes with its unit and round."""
    return Changed(assessment.pk, assessment.unit.path, assessment.round.code)
