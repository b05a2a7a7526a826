"""What a reader reaches: out of her area is as if it were not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from ocop import policies
from ocop.models import Certificate, Evaluation, Producer, Product

if TYPE_CHECKING:
    from ntm_portal.accounts.requests import SignedInRequest

PER_PAGE = 50
MOST_EXPORTED = 100_000
Crumbs = tuple[tuple[str, str], ...]


def product_of(request: SignedInRequest, pk: int) -> Product:
    """Return the product if it lies within what she may read, else answer 404."""
    within = Product.objects.within(request.user.scope.read)
    return get_object_or_404(within.select_related("producer", "commune__parent"), pk=pk)


def producer_of(request: SignedInRequest, pk: int) -> Producer:
    """Return the producer if it lies within what she may read, else answer 404."""
    within = Producer.objects.within(request.user.scope.read)
    loaded = within.select_related("commune__parent", "cooperative", "duplicate_of")
    return get_object_or_404(loaded, pk=pk)


def evaluation_of(request: SignedInRequest, pk: int) -> Evaluation:
    """Return the evaluation if it lies within what she may read, else answer 404."""
    within = Evaluation.objects.within(request.user.scope.read)
    loaded = within.select_related("product__commune", "product__producer", "sheet")
    return get_object_or_404(loaded, pk=pk)


def certificate_of(request: SignedInRequest, pk: int) -> Certificate:
    """Return the certificate if it lies within what she may read, else answer 404."""
    within = Certificate.objects.within(request.user.scope.read)
    loaded = within.select_related("product__commune", "product__producer")
    return get_object_or_404(loaded, pk=pk)


def require_keeper(request: SignedInRequest, path: str) -> None:
    """Answer 403 to whoever only reads here."""
    if not policies.may_register(request.user.scope, path):
        raise PermissionDenied


def crumbs(*more: tuple[str, str]) -> Crumbs:
    """Return the path to a page of the register."""
    return ((reverse("product-list"), _("OCOP products")), *more)


def crumbs_of(product: Product) -> Crumbs:
    """Return the path to a page below a product."""
    return crumbs((reverse("product-detail", args=[product.pk]), product.label))
