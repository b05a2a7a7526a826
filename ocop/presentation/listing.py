"""What the lines of the lists show: the certificate that speaks for a product on a day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ntm_portal.lib.addresses import addresses_of
from ntm_portal.lib.days import written_day
from ocop.models import Certificate, Product
from ocop.presentation.signs import standing_of, stars_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.utils.safestring import SafeString

SOON_DAYS = 183
SAID = (  # of a certificate, in lists
    *("product", "stars", "decision_number", "valid_from", "valid_to"),
    *("revoked_on", "superseded_by", "is_potential_five"),
)


@dataclass(frozen=True, slots=True)
class ProductLine:
    """A product with the certificate that speaks for it; `state` as the templates say it."""

    row: Product
    certificate: Certificate | None
    state: str  # in-force, expiring, ended, revoked, none
    days_left: int = 0

    @property
    def held(self) -> Certificate | None:
        """Return its certificate if that is in force."""
        return self.certificate if self.state in ("in-force", "expiring") else None

    @property
    def stars(self) -> int | None:
        """Return the stars it holds."""
        return self.held.stars if self.held else None

    @property
    def is_potential_five(self) -> bool:
        """Tell whether the centre still decides about the fifth star."""
        return self.held is not None and self.held.is_potential_five

    @property
    def revoked_on(self) -> date | None:
        """Return the day on which its certificate was taken away."""
        return self.certificate.revoked_on if self.certificate else None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A line as it is shown, in the reader's language."""

    href: str
    name: str
    place: str
    producer: str
    group: str
    stars: SafeString
    is_potential_five: bool
    valid_to: str
    standing: SafeString
    is_demonstration: bool


def table_of(
    rows: Sequence[Product], day: date, *, page: str = "product-detail", query: str = ""
) -> list[TableRow]:
    """Return the rows of a table, each leading to its own `page`; `query` goes with it."""
    address = addresses_of(page)
    groups = {value: str(label) for value, label in Product.Group.choices}
    # The same few words stand in every row: each is written once.
    stars, standing, written = cache(stars_of), cache(standing_of), cache(written_day)
    return [
        TableRow(
            href=address(line.row.pk) + query,
            name=line.row.label,
            place=f"{line.row.commune.label}, {_above(line.row)}",
            producer=line.row.producer.label,
            group=groups[line.row.group],
            stars=stars(line.stars),
            is_potential_five=line.is_potential_five,
            valid_to=written(line.certificate.valid_to) if line.certificate else "–",
            standing=standing(line.state, line.days_left, line.revoked_on),
            is_demonstration=line.row.is_demonstration,
        )
        for line in lines_of(rows, day)
    ]


def lines_of(rows: Sequence[Product], day: date) -> list[ProductLine]:
    """Return the lines; one query for the certificates of all of them."""
    held: dict[int, list[Certificate]] = defaultdict(list)
    every = Certificate.objects.filter(product__in=[row.pk for row in rows]).order_by()
    for item in every.only(*SAID):
        held[item.product_id].append(item)
    return [line_of(row, held[row.pk], day) for row in rows]


def line_of(row: Product, certificates: Iterable[Certificate], day: date) -> ProductLine:
    """Return how a product stands on the day: by what it holds, else by what it held last."""
    begun = [item for item in certificates if item.valid_from <= day]
    held = [item for item in begun if is_in_force(item, day)]
    if held:
        best = max(held, key=lambda item: (item.stars, item.valid_to))
        left = (best.valid_to - day).days
        return ProductLine(row, best, "expiring" if left <= SOON_DAYS else "in-force", left)
    if begun:
        last = max(begun, key=lambda item: item.valid_from)
        return ProductLine(row, last, "revoked" if last.is_revoked else "ended")
    return ProductLine(row, None, "none")


def is_in_force(row: Certificate, day: date) -> bool:
    """Tell whether it is in force on the day."""
    is_revoked = row.revoked_on is not None and row.revoked_on <= day
    return row.valid_from <= day <= row.valid_to and not is_revoked


def _above(row: Product) -> str:
    return row.commune.parent.short_label if row.commune.parent else ""
