"""What every step of a recognition begins and ends with: the unit held, the step recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from communes.changes import Changed, record_changes
from communes.changes import Kind as ChangeKind
from communes.models import AdministrativeUnit
from criteria.models import Recognition, RecognitionEvent
from criteria.recognition.conditions import entitlement

if TYPE_CHECKING:
    from collections.abc import Collection

    from ntm_portal.accounts.models import User

Kind = RecognitionEvent.Kind
ENDINGS = (Kind.REVOKED, Kind.SUPERSEDED)


def lock_units(unit_ids: Collection[int]) -> dict[int, AdministrativeUnit]:
    """Return the units by id, held until the transaction ends: their titles change one by one."""
    units = AdministrativeUnit.objects.select_for_update(no_key=True).filter(pk__in=unit_ids)
    return {unit.pk: unit for unit in units.order_by("pk")}


def event_of(
    recognition: Recognition, kind: RecognitionEvent.Kind, *, by: User, reason: str = ""
) -> RecognitionEvent:
    """Make the event of a step: who, what, from which day, by which decision and why."""
    number, day = recognition.decision_number, recognition.decision_date
    if kind in ENDINGS and recognition.revoked_on:
        number, day = recognition.revoked_by_decision, recognition.revoked_on
    return RecognitionEvent(
        recognition=recognition,
        kind=kind,
        by=by,
        effective_on=day,
        decision_number=number,
        reason=reason.strip(),
    )


def tell_change(*recognitions: Recognition, by: User) -> None:
    """Say, in this transaction, to those who follow, that these are new or others."""
    told = (Changed(row.pk, row.unit.path) for row in recognitions)
    record_changes(ChangeKind.RECOGNITION, told, by=by)


def conditions_of(recognition: Recognition) -> list[dict[str, Any]]:  # JSON
    """Return the conditions as found, in words that stay when the law or the figures change."""
    found = entitlement(recognition.unit, recognition.standard, recognition.decision_date)
    return [
        {
            "code": item.provision.code,
            "name": item.provision.name,
            "name_en": item.provision.name_en,
            "legal_ref": item.provision.legal_ref,
            "verdict": str(item.verdict),
            "confidence": str(item.confidence),
            "holding": item.holding,
            "total": item.total,
        }
        for item in (found.findings if found else ())
    ]
