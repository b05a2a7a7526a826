"""What the lines of the lists show: the certificate that speaks for a product on a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from ocop.models import Certificate, Product

SOON_DAYS = 183


@dataclass(frozen=True, slots=True)
class ProductLine:
    """A product with the certificate that speaks for it; `state` as the templates say it."""

    row: Product
    certificate: Certificate | None
    state: str  # in-force, expiring, ended, revoked, none
    days_left: int = 0


def lines_of(rows: Sequence[Product], day: date) -> list[ProductLine]:
    """Return the lines of products whose certificates are loaded."""
    return [line_of(row, row.certificates.all(), day) for row in rows]


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
