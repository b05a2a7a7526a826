"""Filters that only the pages of the registers need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from ocop.presentation.signs import standing_of, stars_of
from ocop.rulebooks import awarded_stars

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from ocop.presentation.listing import ProductLine

register = template.Library()


@register.filter
def earns_certificate(number: int | None) -> bool:
    """Tell whether a certificate is given for so many stars."""
    return number in awarded_stars()


@register.filter
def stars(number: int | None) -> SafeString:
    """Write stars as signs, and as words for who hears the page."""
    return stars_of(number)


@register.filter
def standing(line: ProductLine) -> SafeString:
    """Write how the certificate of a product stands, in a sign and words."""
    return standing_of(line.state, line.days_left, line.revoked_on)
