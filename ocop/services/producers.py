"""Entering producers into the register, and changing what is said of them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communes.services import mark_stale
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.steps import as_text, changed
from ntm_portal.lib.tax_codes import clean_registration_number, clean_tax_code
from ntm_portal.lib.text import fold
from ocop.models import Producer
from ocop.services.steps import Kind, hold_producer, record, require_right, require_unchanged

if TYPE_CHECKING:
    from datetime import date

    from communes.models import AdministrativeUnit
    from cooperatives.models import Cooperative
    from ntm_portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class ProducerEntry:
    """What the register says of a producer."""

    name: str
    kind: str
    commune: AdministrativeUnit
    joined_on: date
    name_en: str = ""
    cooperative: Cooperative | None = None
    tax_code: str = ""
    registration_number: str = ""
    address: str = ""
    phone: str = ""
    representative: str = ""
    is_led_by_woman: bool = False
    is_led_by_minority: bool = False

    def values(self) -> dict[str, Any]:  # of the model's own fields
        """Return the values as the row keeps them."""
        held = {field.name: getattr(self, field.name) for field in fields(self)}
        name = " ".join(self.name.split())
        return held | {
            "name": name,
            "search_name": fold(name),
            "tax_code": clean_tax_code(self.tax_code),
            "registration_number": clean_registration_number(self.registration_number),
        }


@transaction.atomic
def register_producer(entry: ProducerEntry, *, by: User, is_new: bool = False) -> Producer:
    """Enter a producer; `is_new` says that it is none of those that look like it."""
    require_right(entry.commune.path, by=by)
    values = entry.values()
    _check(values, pk=None)
    if not is_new and (twin := lookalikes(values["search_name"], entry.commune.pk).first()):
        sentence = _("“%(name)s” of this commune is registered already. Is it another one?")
        raise DomainError(sentence % {"name": twin.name}, code="looks-double")
    row = Producer.objects.create(**values)
    shown = (field.name for field in fields(entry))
    record(row, Kind.REGISTERED, by=by, changes=as_text(row, shown), on=entry.joined_on)
    mark_stale([row.commune_id], since=row.joined_on)
    return row


@transaction.atomic
def change_producer(
    pk: int, entry: ProducerEntry, *, by: User, seen: int | None = None
) -> Producer:
    """Change what the register says; the history keeps old and new of each field."""
    row = hold_producer(pk, by=by)
    require_right(entry.commune.path, by=by)
    require_unchanged(row, seen)
    values = entry.values()
    _check(values, pk=pk)
    before, since = row.commune_id, min(row.joined_on, entry.joined_on)
    if changes := changed(row, values):
        row.save(update_fields=list(values))
        changes.pop("search_name", None)
        record(row, Kind.CHANGED, by=by, changes=changes)
        mark_stale({before, row.commune_id}, since=since)
    return row


def lookalikes(search_name: str, commune_id: int) -> Any:  # a queryset of producers
    """Return those of the same commune that are called the same, tone marks ignored."""
    return Producer.objects.counted().filter(search_name=search_name, commune_id=commune_id)


def _check(values: dict[str, Any], *, pk: int | None) -> None:
    """Refuse what cannot be, each with its sentence."""
    if not values["name"]:
        raise DomainError(_("Type its name."), code="name-required")
    if values["joined_on"] > timezone.localdate():
        raise DomainError(_("The date lies in the future."), code="in-the-future")
    is_cooperative = values["kind"] == Producer.Kind.COOPERATIVE
    if values["cooperative"] is not None and not is_cooperative:
        sentence = _("Only a producer of the kind “cooperative” is one of that register.")
        raise DomainError(sentence, code="not-a-cooperative")
    same = Producer.objects.counted().filter(tax_code=values["tax_code"]).exclude(pk=pk or 0)
    if values["tax_code"] and (other := same.first()):
        sentence = _("“%(name)s” has this tax code already.")
        raise DomainError(sentence % {"name": other.name}, code="tax-code-taken")
