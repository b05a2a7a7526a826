"""Filters that only the pages of the registers need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def stars(number: int | None) -> SafeString | str:
    """Write stars as signs, and as words for who hears the page."""
    if not number:
        return "–"
    said = ngettext("%(count)s star", "%(count)s stars", number) % {"count": number}
    return format_html(
        '<span class="stars"><span aria-hidden="true">{}</span>'
        '<span class="visually-hidden">{}</span></span>',
        "★" * number,
        said,
    )
