"""How a cooperative stands, as a sign and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from ntm_portal.lib.days import written_day

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from cooperatives.models import Cooperative

register = template.Library()
VERDICT = (
    '<span class="verdict is-{}"><span class="verdict-sign" aria-hidden="true">{}</span> {}</span>'
)


@register.filter
def in_state(row: Cooperative, state: str) -> SafeString:
    """Write the state (active, suspended, ended) with the day it began."""
    if state == "ended" and row.dissolved_on:
        ended = _("ended on %(day)s") % {"day": written_day(row.dissolved_on)}
        return format_html(VERDICT, "not_applicable", "∅", ended)
    if state == "suspended" and row.suspended_on:
        suspended = _("suspended on %(day)s") % {"day": written_day(row.suspended_on)}
        return format_html(VERDICT, "not_met", "✗", suspended)
    return format_html(VERDICT, "met", "✓", _("active"))


@register.filter
def yes_or_no(is_so: bool) -> SafeString:  # noqa: FBT001  (a filter has one value)
    """Write whether it is so."""
    if is_so:
        return format_html(VERDICT, "met", "✓", _("yes"))
    return format_html(VERDICT, "not_met", "✗", _("no"))
