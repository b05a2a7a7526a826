"""The review of a unit formed by a merger: its proposals put into the form, marked as carried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from criteria.assessment import rejudge
from criteria.merging.formers import formers_of
from criteria.merging.proposals import proposals_for
from criteria.models import AssessmentEvent, FormerSize, IndicatorValue, ValueChange
from criteria.services.changing import Change, write_changes
from criteria.services.checks import check_typing
from criteria.services.late import enter_late
from criteria.services.steps import asked_measures, lock_assessment, tell_change
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ntm_portal.accounts.models import User

    # By code of a former unit: its people and its households, as far as they are known.
    Sizes = Mapping[str, tuple[int | None, int | None]]


@transaction.atomic
def take_over(assessment_id: int, *, by: User, late_reason: str = "") -> int:
    """Put every proposal for which nothing was typed into the form; return how many.

    They are judged at once and marked until somebody confirms them; the history says where they
    come from. What the former units reported stays as it is.
    """
    assessment = lock_assessment(assessment_id)
    check_typing(assessment, by)
    typed = {value.measure_id: value for value in assessment.values.select_related("measure")}
    changes = []
    for measure, proposal in proposals_for(
        assessment.criteria_set.code, asked_measures(assessment), formers_of(assessment)
    ):
        value = typed.get(measure.pk) or IndicatorValue(measure=measure, version=0)
        if value.typed is not None or proposal.typed is None:
            continue
        value.typed = proposal.typed
        changes.append(Change(value, None))
    if changes:
        enter_late(assessment, by=by, reason=late_reason)
        channel = ValueChange.Channel.MERGER
        write_changes({assessment: changes}, by=by, channel=channel, is_carried=True)
        rejudge([assessment.pk])
    return len(changes)


@transaction.atomic
def state_sizes(assessment_id: int, sizes: Sizes, *, by: User, late_reason: str = "") -> None:
    """Write how many people and households each former unit brought, with the step's record."""
    assessment = lock_assessment(assessment_id)
    check_typing(assessment, by)
    enter_late(assessment, by=by, reason=late_reason)
    known = {former.unit.code: former.unit for former in formers_of(assessment)}
    if unknown := sorted(sizes.keys() - known.keys()):
        sentence = _("It was not formed from a unit with the code “%(code)s”.")
        raise DomainError(sentence % {"code": unknown[0]}, code="unknown-former")
    for code, (population, households) in sizes.items():
        FormerSize.objects.update_or_create(
            assessment=assessment,
            code=code,
            defaults={"population": population, "households": households},
        )
    said = ", ".join(
        f"{known[code].name}: {population or '–'} / {households or '–'}"
        for code, (population, households) in sizes.items()
    )
    reason = _("People / households of the former communes: %(said)s.") % {"said": said}
    AssessmentEvent.objects.create(
        assessment=assessment,
        by=by,
        from_status=assessment.status,
        to_status=assessment.status,
        reason=reason,
        late=assessment.late_entry,
    )
    tell_change(assessment, by=by)
