"""Producers and products as workbooks to fill in, each with its page's own form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.utils.translation import gettext as _

from ntm_portal.lib.form_tables import MOST_ROWS, FormTable, Line
from ocop.models import Producer, Product
from ocop.register_forms import PRODUCER, PRODUCT, ProducerForm, ProductForm

if TYPE_CHECKING:
    from ntm_portal.accounts.models import User
    from ntm_portal.lib.workbooks import Fault


def producer_table(by: User) -> FormTable:
    """Return the producers that she may change."""
    rows = Producer.objects.within(_hers(by)).counted().select_related("commune")
    rows = rows.annotate(last_step=Max("steps")).order_by("search_name", "pk")[:MOST_ROWS]
    lines = {
        row.pk: Line(_seen(row), _values(row, PRODUCER, cooperative=row.cooperative_id or ""))
        for row in rows
    }
    return FormTable("ocop-producers", _("Producers"), ProducerForm(by=by), lines)


def product_table(by: User) -> FormTable:
    """Return the products that she may change."""
    rows = Product.objects.within(_hers(by)).select_related("commune")
    rows = rows.annotate(last_step=Max("steps")).order_by("search_name", "pk")[:MOST_ROWS]
    lines = {
        row.pk: Line(_seen(row), _values(row, PRODUCT, producer=row.producer_id)) for row in rows
    }
    return FormTable("ocop-products", _("OCOP products"), ProductForm(by=by), lines)


def enter_producers(content: bytes, *, by: User) -> tuple[int, list[Fault]]:
    """Save what the workbook says of producers, all or nothing."""

    def make(pk: int | None, data: dict[str, str]) -> ProducerForm:
        row = Producer.objects.get(pk=pk) if pk else None
        return ProducerForm(data, by=by, row=row)

    return producer_table(by).enter(content, make)


def enter_products(content: bytes, *, by: User) -> tuple[int, list[Fault]]:
    """Save what the workbook says of products, all or nothing."""

    def make(pk: int | None, data: dict[str, str]) -> ProductForm:
        row = Product.objects.get(pk=pk) if pk else None
        return ProductForm(data, by=by, row=row)

    return product_table(by).enter(content, make)


def _hers(by: User) -> frozenset[str]:
    return by.scope.write | by.scope.administer


def _values(row: Producer | Product, names: tuple[str, ...], **more: Any) -> dict[str, Any]:
    held = {name: getattr(row, name) for name in names}
    return held | {"commune": row.commune.code} | more


def _seen(row: Producer | Product) -> int:
    step: int | None = getattr(row, "last_step", None)
    return step or 0
