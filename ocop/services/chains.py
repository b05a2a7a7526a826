"""Value chains: who is joined in one, and the contracts of each year."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.steps import as_text, changed
from ntm_portal.lib.text import fold
from ocop.models import ChainContract, ValueChain
from ocop.services.steps import Kind, record, require_right, require_unchanged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from communes.models import AdministrativeUnit
    from cooperatives.models import Cooperative
    from ntm_portal.accounts.models import User
    from ocop.models import Producer, Product

JOINED = ("communes", "cooperatives", "producers", "products")


@dataclass(frozen=True, slots=True)
class ChainEntry:
    """What the register says of a chain, and who is joined in it."""

    name: str
    lead_unit: AdministrativeUnit
    started_on: date
    name_en: str = ""
    approved_by: str = ""
    ended_on: date | None = None
    households: int | None = None
    communes: Sequence[AdministrativeUnit] = ()
    cooperatives: Sequence[Cooperative] = ()
    producers: Sequence[Producer] = ()
    products: Sequence[Product] = ()

    def values(self) -> dict[str, Any]:  # of the model's own fields
        """Return the values as the row keeps them."""
        name = " ".join(self.name.split())
        own = (field.name for field in fields(self) if field.name not in JOINED)
        return {key: getattr(self, key) for key in own} | {
            "name": name,
            "search_name": fold(name),
        }


@transaction.atomic
def register_chain(entry: ChainEntry, *, by: User) -> ValueChain:
    """Enter a chain with its members."""
    _check(entry, by)
    values = entry.values()
    row = ValueChain.objects.create(**values)
    _join(row, entry)
    record(row, Kind.REGISTERED, by=by, changes=as_text(row, values), on=entry.started_on)
    return row


@transaction.atomic
def change_chain(pk: int, entry: ChainEntry, *, by: User, seen: int | None = None) -> ValueChain:
    """Change a chain; the history keeps who left it and who joined."""
    row = _held(pk, by)
    require_unchanged(row, seen)
    _check(entry, by)
    values = entry.values()
    changes = changed(row, values) | _join(row, entry)
    changes.pop("search_name", None)
    if changes:
        row.save(update_fields=list(values))
        record(row, Kind.CHANGED, by=by, changes=changes)
    return row


@transaction.atomic
def record_contracts(
    pk: int, year: int, number: int, value_million_vnd: Decimal, *, by: User
) -> ChainContract:
    """Record the contracts of a year, or correct them."""
    row = _held(pk, by)
    if not row.started_on.year <= year <= timezone.localdate().year:
        raise DomainError(_("The chain did not work in this year."), code="bad-year")
    if number < 0 or value_million_vnd < 0:
        raise DomainError(_("Number and value cannot be below 0."), code="negative")
    before = row.contracts.filter(year=year).first()
    contract, _is_new = ChainContract.objects.update_or_create(
        chain=row,
        year=year,
        defaults={"number": number, "value_million_vnd": value_million_vnd, "recorded_by": by},
    )
    said = {
        f"{year}": [
            f"{before.number}: {before.value_million_vnd}" if before else "",
            f"{number}: {value_million_vnd}",
        ]
    }
    record(row, Kind.CONTRACTS, by=by, changes=said)
    return contract


def _held(pk: int, by: User) -> ValueChain:
    rows = ValueChain.objects.select_for_update(of=("self",)).select_related("lead_unit")
    row = rows.get(pk=pk)
    require_right(row.lead_unit.path, by=by)
    return row


def _check(entry: ChainEntry, by: User) -> None:
    require_right(entry.lead_unit.path, by=by)
    if not entry.name.strip():
        raise DomainError(_("Type its name."), code="name-required")
    if entry.ended_on is not None and entry.ended_on < entry.started_on:
        raise DomainError(_("A chain ends after it begins."), code="dates-cross")


def _join(row: ValueChain, entry: ChainEntry) -> dict[str, list[str]]:
    """Set who is joined and return what differs."""
    changes = {}
    for name in JOINED:
        relation, chosen = getattr(row, name), list(getattr(entry, name))
        before = {each.pk: str(each) for each in relation.all()}
        after = {each.pk: str(each) for each in chosen}
        if before.keys() != after.keys():
            changes[name] = ["; ".join(before.values()), "; ".join(after.values())]
            relation.set(chosen)
    return changes
