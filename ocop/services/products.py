"""Entering products into the register, and changing what is said of them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from communes.services import mark_stale
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.steps import as_text, changed
from ntm_portal.lib.text import fold
from ocop.models import Product
from ocop.services.steps import (
    ALL_ROUNDS,
    Kind,
    hold_product,
    record,
    require_right,
    require_unchanged,
)

if TYPE_CHECKING:
    from communes.models import AdministrativeUnit
    from ntm_portal.accounts.models import User
    from ocop.models import Producer


@dataclass(frozen=True, slots=True)
class ProductEntry:
    """What the register says of a product; it is where its producer is unless said otherwise."""

    name: str
    producer: Producer
    group: str
    commune: AdministrativeUnit | None = None
    name_en: str = ""
    subgroup: str = ""
    story: str = ""
    material_origin: str = ""
    is_local_speciality: bool = False

    def values(self) -> dict[str, Any]:  # of the model's own fields
        """Return the values as the row keeps them."""
        name = " ".join(self.name.split())
        held = {field.name: getattr(self, field.name) for field in fields(self)}
        commune = self.commune or self.producer.commune
        return held | {"name": name, "search_name": fold(name), "commune": commune}


@transaction.atomic
def register_product(entry: ProductEntry, *, by: User) -> Product:
    """Enter a product."""
    values = entry.values()
    _check(values, by)
    row = Product.objects.create(**values)
    shown = (field.name for field in fields(entry))
    record(row, Kind.REGISTERED, by=by, changes=as_text(row, shown))
    return row


@transaction.atomic
def change_product(pk: int, entry: ProductEntry, *, by: User, seen: int | None = None) -> Product:
    """Change what the register says; one that moves is counted where it now is."""
    row = hold_product(pk, by=by)
    require_unchanged(row, seen)
    values = entry.values()
    _check(values, by)
    before = row.commune_id
    if changes := changed(row, values):
        row.save(update_fields=list(values))
        changes.pop("search_name", None)
        record(row, Kind.CHANGED, by=by, changes=changes)
        mark_stale({before, row.commune_id}, since=ALL_ROUNDS)
    return row


def _check(values: dict[str, Any], by: User) -> None:
    """Refuse what cannot be, each with its sentence."""
    require_right(values["commune"].path, by=by)
    if not values["name"]:
        raise DomainError(_("Type its name."), code="name-required")
    if values["producer"].duplicate_of_id:
        sentence = _("This producer is a double entry; choose the one that was kept.")
        raise DomainError(sentence, code="bad-producer")
