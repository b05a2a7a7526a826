"""Stars, and how a certificate stands, as signs and as words for who hears the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ntm_portal.lib.days import written_day

if TYPE_CHECKING:
    from datetime import date

STARS = (
    '<span class="stars"><span aria-hidden="true">{}</span>'
    '<span class="visually-hidden">{}</span></span>'
)
VERDICT = (
    '<span class="verdict is-{}"><span class="verdict-sign" aria-hidden="true">{}</span> {}</span>'
)


def stars_of(number: int | None) -> SafeString:
    """Write stars."""
    if not number:
        return SafeString("–")
    said = ngettext("%(count)s star", "%(count)s stars", number) % {"count": number}
    return format_html(STARS, "★" * number, said)


def standing_of(state: str, days_left: int, revoked_on: date | None) -> SafeString:
    """Write how a certificate stands."""
    if state == "none":
        return format_html('<span class="muted">{}</span>', _("never certified"))
    if state == "in-force":
        return format_html(VERDICT, "met", "✓", _("in force"))
    if state == "expiring":
        ends = ngettext("ends in %(days)s day", "ends in %(days)s days", days_left)
        return format_html(VERDICT, "undetermined", "!", ends % {"days": days_left})
    if state == "revoked" and revoked_on:
        revoked = _("revoked on %(day)s") % {"day": written_day(revoked_on)}
        return format_html(VERDICT, "not_met", "✗", revoked)
    return format_html(VERDICT, "not_applicable", "∅", _("ended"))
