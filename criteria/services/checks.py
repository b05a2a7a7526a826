"""What must hold before something is done; each refusal is a sentence fit to show.

Pages ask the same checks to tell the reader beforehand why a form is only to be read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from criteria import policies
from criteria.models import Assessment, ReportingRound
from ntm_portal.lib.errors import DomainError
from ntm_portal.templatetags.portal import day as written_day

if TYPE_CHECKING:
    from ntm_portal.accounts.models import User

Status = Assessment.Status


def check_typing(assessment: Assessment, by: User) -> None:
    """Raise DomainError unless she may type values: reach, round, unit, review.

    In a closed round she owes a reason besides (`services.late`).
    """
    if not policies.may_write(by.scope, assessment):
        raise DomainError(_("You may not type values for this unit."), code="not-allowed")
    check_not_published(assessment.round)
    check_in_force(assessment)
    if not assessment.is_editable:
        sentence = _(
            "The assessment was sent and is being reviewed. To change a value, ask the verifier "
            "to return it."
        )
        raise DomainError(sentence, code="under-review")


def check_sending(assessment: Assessment, by: User) -> None:
    """Raise DomainError unless she may send it; whether it is complete is not asked here."""
    if not policies.may_submit(by.scope, assessment):
        raise DomainError(_("You may not send this assessment."), code="not-allowed")
    check_not_published(assessment.round)
    check_in_force(assessment)
    if assessment.status not in {Status.DRAFT, Status.RETURNED}:
        raise DomainError(_("It has been sent already."), code="wrong-status")


def check_review(assessment: Assessment, by: User) -> None:
    """Raise DomainError unless it awaits review and she may do it."""
    if not policies.may_verify(by.scope, assessment):
        raise DomainError(_("You may not review this assessment."), code="not-allowed")
    check_not_published(assessment.round)
    if assessment.status != Status.SUBMITTED:
        sentence = _("Nothing awaits review here: it was not sent, or somebody has reviewed it.")
        raise DomainError(sentence, code="wrong-status")


def check_second_person(assessment: Assessment, by: User) -> None:
    """Raise DomainError when she would verify what she sent herself."""
    if not policies.is_second_person(assessment, by.pk):
        sentence = _("You sent this assessment yourself: a second person must verify it.")
        raise DomainError(sentence, code="second-person")


def check_not_published(round_: ReportingRound) -> None:
    """Raise DomainError when nothing may be changed in the round any more."""
    if round_.is_frozen:
        sentence = _("Round %(round)s is published: its figures are frozen.")
        raise DomainError(sentence % {"round": round_.code}, code="round-published")


def check_in_force(assessment: Assessment) -> None:
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
