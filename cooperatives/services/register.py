"""Entering cooperatives into the register, and changing what is said of them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communes.services import mark_stale
from cooperatives.models import Cooperative
from cooperatives.services.steps import Kind, hold, record, require_right, require_unchanged
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.steps import as_text, changed
from ntm_portal.lib.tax_codes import clean_registration_number, clean_tax_code
from ntm_portal.lib.text import fold

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from communes.models import AdministrativeUnit
    from ntm_portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class CooperativeEntry:
    """What the register says of a cooperative, apart from its life and its returns."""

    name: str
    kind: str
    commune: AdministrativeUnit
    registered_under: str
    registered_on: date
    name_en: str = ""
    sector: str = ""
    tax_code: str = ""
    registration_number: str = ""
    members: int | None = None
    women_members: int | None = None
    capital_million_vnd: Decimal | None = None
    land_ha: Decimal | None = None
    machinery: str = ""
    main_products: str = ""
    uses_high_technology: bool = False

    def values(self) -> dict[str, Any]:  # of the model's own fields
        """Return the values as the row keeps them."""
        held = {field.name: getattr(self, field.name) for field in fields(self)}
        held |= {
            "name": " ".join(self.name.split()),
            "search_name": fold(" ".join(self.name.split())),
            "tax_code": clean_tax_code(self.tax_code),
            "registration_number": clean_registration_number(self.registration_number),
        }
        return held


@transaction.atomic
def register(entry: CooperativeEntry, *, by: User, is_new: bool = False) -> Cooperative:
    """Enter a cooperative; `is_new` says that it is none of those that look like it."""
    require_right(entry.commune.path, by=by)
    values = entry.values()
    _check(values, pk=None)
    if not is_new and (twin := lookalikes(values["search_name"], entry.commune.pk).first()):
        sentence = _("“%(name)s” of this commune is registered already. Is it another one?")
        raise DomainError(sentence % {"name": twin.name}, code="looks-double")
    row = Cooperative.objects.create(**values)
    shown = (field.name for field in fields(entry))
    record(row, Kind.REGISTERED, by=by, changes=as_text(row, shown), on=entry.registered_on)
    mark_stale([row.commune_id], since=row.registered_on)
    return row


@transaction.atomic
def change(pk: int, entry: CooperativeEntry, *, by: User, seen: int | None = None) -> Cooperative:
    """Change what the register says; the history keeps old and new of each field."""
    row = hold(pk, by=by)
    require_right(entry.commune.path, by=by)
    require_unchanged(row, seen)
    values = entry.values()
    _check(values, pk=pk)
    for end in (row.dissolved_on, row.suspended_on):
        if end is not None and end < entry.registered_on:
            sentence = _("It cannot end before it was registered.")
            raise DomainError(sentence, code="dates-cross")
    before, since = row.commune_id, min(row.registered_on, entry.registered_on)
    changes = changed(row, values)
    if changes:
        row.save(update_fields=list(values))
        changes.pop("search_name", None)
        record(row, Kind.CHANGED, by=by, changes=changes)
        mark_stale({before, row.commune_id}, since=since)
    return row


def lookalikes(search_name: str, commune_id: int) -> Any:  # a queryset of cooperatives
    """Return those of the same commune that are called the same, tone marks ignored."""
    return Cooperative.objects.counted().filter(search_name=search_name, commune_id=commune_id)


def _check(values: dict[str, Any], *, pk: int | None) -> None:
    """Refuse what cannot be, each with its sentence."""
    if not values["name"]:
        raise DomainError(_("Type its name."), code="name-required")
    if values["registered_on"] > timezone.localdate():
        raise DomainError(_("The date lies in the future."), code="in-the-future")
    if values["capital_million_vnd"] is not None and values["capital_million_vnd"] < 0:
        raise DomainError(_("The capital cannot be below 0."), code="negative-capital")
    members, women = values["members"], values["women_members"]
    if members is not None and women is not None and women > members:
        sentence = _("There cannot be more women than members.")
        raise DomainError(sentence, code="women-above-members")
    same = Cooperative.objects.counted().filter(tax_code=values["tax_code"]).exclude(pk=pk or 0)
    if values["tax_code"] and (other := same.first()):
        sentence = _("“%(name)s” has this tax code already.")
        raise DomainError(sentence % {"name": other.name}, code="tax-code-taken")
