"""What the page of one product shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ocop import policies
from ocop.presentation.listing import line_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ntm_portal.accounts.scope import Scope
    from ocop.models import Certificate, Evaluation, OcopStep, Product, ProductPhoto, ValueChain
    from ocop.presentation.listing import ProductLine


@dataclass(frozen=True, slots=True)
class ProductPage:
    """Everything the page shows."""

    row: Product
    line: ProductLine
    certificates: Sequence[Certificate]
    evaluations: Sequence[Evaluation]
    photos: Sequence[ProductPhoto]
    chains: Sequence[ValueChain]
    steps: Sequence[OcopStep]
    may_change: bool


def load_page(product: Product, day: date, scope: Scope) -> ProductPage:
    """Load the page of one product as of `day`."""
    certificates = list(product.certificates.order_by("-valid_from").prefetch_related("notices"))
    return ProductPage(
        row=product,
        line=line_of(product, certificates, day),
        certificates=certificates,
        evaluations=list(product.evaluations.order_by("-evaluated_on")),
        photos=list(product.photos.all()),
        chains=list(product.chains.all()),
        steps=list(product.steps.select_related("by").order_by("-pk")[:100]),
        may_change=policies.may_register(scope, product.commune.path),
    )
