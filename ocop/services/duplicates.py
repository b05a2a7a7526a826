"""Joining a producer that was typed twice with the one that is kept; nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from communes.services import mark_stale
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.steps import as_text, changed
from ocop.services.steps import ALL_ROUNDS, Kind, hold_producer, record

if TYPE_CHECKING:
    from ntm_portal.accounts.models import User
    from ocop.models import Producer

FILLED = (
    "name_en",
    "cooperative",
    "tax_code",
    "registration_number",
    "address",
    "phone",
    "representative",
    "is_led_by_woman",
    "is_led_by_minority",
)


@transaction.atomic
def join_duplicate(kept_id: int, double_id: int, *, by: User, reason: str = "") -> Producer:
    """Keep one of two entries of the same producer; products and chains move to it.

    What the kept one does not say is taken from the double, and the earlier first day. The
    double stays, points to the kept one and is counted nowhere.
    """
    if kept_id == double_id:
        raise DomainError(_("These are one and the same entry."), code="same")
    held = {pk: hold_producer(pk, by=by) for pk in sorted((kept_id, double_id))}
    kept, double = held[kept_id], held[double_id]
    was = as_text(double, ("name", "kind", "commune", "joined_on", *FILLED))
    double.duplicate_of = kept
    double.save(update_fields=["duplicate_of"])  # first: two may not hold one tax code
    values = {name: getattr(kept, name) or getattr(double, name) for name in FILLED}
    values["joined_on"] = min(kept.joined_on, double.joined_on)
    changes = changed(kept, values)
    kept.save(update_fields=list(values))
    moved = [str(product) for product in double.products.all()]
    double.products.update(producer=kept)
    kept.chains.add(*double.chains.all())
    if moved:
        changes["products"] = ["", "; ".join(moved)]
    record(kept, Kind.DUPLICATE, by=by, changes=changes, reason=_said(double, reason))
    record(double, Kind.DUPLICATE, by=by, changes=was, reason=_said(kept, reason))
    mark_stale({kept.commune_id, double.commune_id}, since=ALL_ROUNDS)
    return kept


def _said(other: Producer, reason: str) -> str:
    return " · ".join(part for part in (f"{other.name} ({other.pk})", reason.strip()) if part)
