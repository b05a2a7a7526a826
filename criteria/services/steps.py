"""What every step of an assessment begins and ends with: locked, checked, recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from communes.services import mark_stale
from criteria.models import Assessment, AssessmentEvent, Measure, ReportingRound
from criteria.querysets import in_force_on
from ntm_portal.lib.errors import DomainError
from ntm_portal.templatetags.portal import day as written_day

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ntm_portal.accounts.models import User


def lock_assessment(assessment_id: int) -> Assessment:
    """Return the assessment with its unit, round and set, held until the transaction ends."""
    assessments = Assessment.objects.select_for_update(of=("self",))
    return assessments.select_related("unit", "round", "criteria_set").get(pk=assessment_id)


def asked_measures(assessment: Assessment) -> QuerySet[Measure]:
    """Return what is typed for the assessment: its set's measures on the round's day, in order."""
    return Measure.objects.filter(
        in_force_on(assessment.round.reference_date),
        indicator__criterion__criteria_set=assessment.criteria_set_id,
    )


def refuse_unless_open(round_: ReportingRound) -> None:
    """Raise DomainError when nothing may be changed in the round any more."""
    words = {"round": round_.code}
    if round_.status == ReportingRound.Status.CLOSED:
        sentence = _("Round %(round)s is closed: nothing can be changed in it any more.")
        raise DomainError(sentence % words, code="round-closed")
    if round_.is_frozen:
        sentence = _("Round %(round)s is published: its figures are frozen.")
        raise DomainError(sentence % words, code="round-published")


def refuse_unless_in_force(assessment: Assessment) -> None:
    """Raise DomainError, naming the day, when the unit did not exist on the round's day."""
    unit, day = assessment.unit, assessment.round.reference_date
    if unit.valid_to and unit.valid_to < day:
        sentence = _("%(unit)s was abolished; its last day was %(day)s. Nothing can be typed.")
        words = {"unit": unit.label, "day": written_day(unit.valid_to)}
        raise DomainError(sentence % words, code="unit-abolished")
    if unit.valid_from and unit.valid_from > day:
        sentence = _("%(unit)s exists only from %(day)s on. Nothing can be typed.")
        words = {"unit": unit.label, "day": written_day(unit.valid_from)}
        raise DomainError(sentence % words, code="unit-not-yet")


def record_step(assessment: Assessment, to: str, *, by: User, reason: str = "") -> None:
    """Move the assessment to the status `to`, with its event and the mark that it is stale."""
    AssessmentEvent.objects.create(
        assessment=assessment, by=by, from_status=assessment.status, to_status=to, reason=reason
    )
    assessment.status = to
    assessment.version += 1
    assessment.save()
    mark_stale([assessment.unit_id], since=assessment.round.reference_date)
