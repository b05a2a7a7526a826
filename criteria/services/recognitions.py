"""Recording and revoking decisions of recognition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from communes.models import AdministrativeUnit
from communes.services import mark_stale
from criteria.models import Recognition, RecognitionDocument
from criteria.recognition.mergers import passed_titles
from criteria.recognition.wording import official_authority
from criteria.services.documents import add_document
from criteria.services.recognition_checks import (
    Decision,
    Revocation,
    recording_objections,
    revoking_objections,
)
from criteria.services.recognition_steps import (
    Kind,
    conditions_of,
    event_of,
    lock_units,
    tell_change,
)

if TYPE_CHECKING:
    from ntm_portal.accounts.models import User

Purpose = RecognitionDocument.Purpose


@transaction.atomic
def recognise(unit: AdministrativeUnit, decision: Decision, *, by: User) -> Recognition:
    """Record that a decision recognised the unit.

    The unit is held, so that two people cannot record the same title side by side. The event
    keeps the conditions as they stood on the day of the decision. What the unit had inherited
    ends with a decision of its own.
    """
    unit = lock_units([unit.pk])[unit.pk]
    for objection in recording_objections(unit, decision, by=by, today=timezone.localdate()):
        raise objection
    recognition = _create(unit, decision, by)
    event = event_of(recognition, Kind.RECORDED, by=by, reason=decision.exception_reason)
    event.conditions = conditions_of(recognition)
    event.save()
    if decision.merger_status:
        _supersede_inherited(recognition, by)
    tell_change(recognition, by=by)
    mark_stale([unit.pk], since=decision.date)
    if decision.document:  # last: a file does not go away when a transaction does
        add_document(recognition, decision.document, Purpose.DECISION, by=by)
    return recognition


@transaction.atomic
def revoke(recognition_id: int, revocation: Revocation, *, by: User) -> Recognition:
    """Record that a decision took the title away, from its day on."""
    rows = Recognition.objects.select_for_update(of=("self",)).select_related("unit")
    recognition = rows.get(pk=recognition_id)
    for objection in revoking_objections(
        recognition, revocation, by=by, today=timezone.localdate()
    ):
        raise objection
    recognition.revoked_on = revocation.on
    recognition.revoked_by_decision = revocation.number.strip()
    recognition.revocation_reason = revocation.reason.strip()
    recognition.save(update_fields=["revoked_on", "revoked_by_decision", "revocation_reason"])
    event_of(recognition, Kind.REVOKED, by=by, reason=revocation.reason).save()
    tell_change(recognition, by=by)
    mark_stale([recognition.unit_id], since=revocation.on)
    if revocation.document:
        add_document(recognition, revocation.document, Purpose.REVOCATION, by=by)
    return recognition


def _create(unit: AdministrativeUnit, decision: Decision, by: User) -> Recognition:
    return Recognition.objects.create(
        unit=unit,
        standard=decision.standard,
        standard_year=decision.standard_year,
        decision_number=decision.number.strip(),
        decision_date=decision.date,
        authority=_authority(unit, decision),
        authority_level=decision.authority_level,
        exception_reason=decision.exception_reason.strip(),
        merger_status=decision.merger_status,
        merger_rule=_merger_rule(unit, decision),
        recorded_by=by,
    )


def _authority(unit: AdministrativeUnit, decision: Decision) -> str:
    """Return who signed, named as on paper: the office of the unit's own province or district."""
    above = AdministrativeUnit.objects.on(decision.date).filter(
        code__in=unit.path.strip("/").split("/"), level=decision.authority_level
    )
    found = above.first()
    return official_authority(decision.authority_level, found.name if found else "")


def _merger_rule(unit: AdministrativeUnit, decision: Decision) -> str:
    if not decision.merger_status:
        return ""
    passed = (item for item in passed_titles([unit.pk]) if item.standard == decision.standard)
    return next((item.rule.code for item in passed if item.rule), "")


def _supersede_inherited(recognition: Recognition, by: User) -> None:
    """End what the unit had inherited on the day of its own decision."""
    inherited = recognition.unit.recognitions.filter(
        standard=recognition.standard,
        merger_status=Recognition.MergerStatus.INHERITED,
        revoked_on__isnull=True,
    )
    for row in inherited:  # one at most: each standard is settled once
        row.revoked_on = recognition.decision_date
        row.revoked_by_decision = recognition.decision_number
        row.superseded_by = recognition
        row.save(update_fields=["revoked_on", "revoked_by_decision", "superseded_by"])
        event_of(row, Kind.SUPERSEDED, by=by).save()
        tell_change(row, by=by)
