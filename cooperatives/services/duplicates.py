"""Joining a cooperative that was typed twice with the one that is kept; nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from communes.services import mark_stale
from cooperatives.services.steps import ALL_ROUNDS, Kind, hold, record
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.steps import as_text, changed

if TYPE_CHECKING:
    from cooperatives.models import Cooperative
    from ntm_portal.accounts.models import User

FILLED = (
    "name_en",
    "tax_code",
    "registration_number",
    "sector",
    "members",
    "women_members",
    "capital_million_vnd",
    "land_ha",
    "machinery",
    "main_products",
    "suspended_on",
    "dissolved_on",
)


@transaction.atomic
def join_duplicate(kept_id: int, double_id: int, *, by: User, reason: str = "") -> Cooperative:
    """Keep one of two entries of the same cooperative.

    1. What the kept one does not say is taken from the double, and the earlier first day.
    2. Returns of years that the kept one has not move to it; those of the same year stay with
       the double, readable there and counted nowhere.
    3. The double points to the kept one, and so does whatever pointed to the double.
    """
    if kept_id == double_id:
        raise DomainError(_("These are one and the same entry."), code="same")
    held = {pk: hold(pk, by=by) for pk in sorted((kept_id, double_id))}
    kept, double = held[kept_id], held[double_id]
    was = as_text(double, ("name", "commune", "registered_on", *FILLED))
    double.duplicate_of = kept
    double.save(update_fields=["duplicate_of"])  # first: two may not hold one tax code
    values = {name: getattr(kept, name) or getattr(double, name) for name in FILLED}
    values["registered_on"] = min(kept.registered_on, double.registered_on)
    changes = changed(kept, values)
    kept.save(update_fields=list(values))
    years = kept.returns.values_list("year", flat=True)
    double.returns.exclude(year__in=list(years)).update(cooperative=kept)
    _move_links(kept, double)
    record(kept, Kind.DUPLICATE, by=by, changes=changes, reason=_said(double, reason))
    record(double, Kind.DUPLICATE, by=by, changes=was, reason=_said(kept, reason))
    mark_stale({kept.commune_id, double.commune_id}, since=ALL_ROUNDS)
    return kept


def _move_links(kept: Cooperative, double: Cooperative) -> None:
    """Let what points to the double point to the kept one; rooms above are met by their names."""
    for relation in double._meta.related_objects:
        accessor = relation.get_accessor_name()
        if relation.related_model is type(double) or accessor in {"returns", "steps", None}:
            continue
        rows = getattr(double, accessor)
        if relation.many_to_many:
            getattr(kept, accessor).add(*rows.all())
        else:
            rows.update(**{relation.field.name: kept})


def _said(other: Cooperative, reason: str) -> str:
    return " · ".join(part for part in (f"{other.name} ({other.pk})", reason.strip()) if part)
