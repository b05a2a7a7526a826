"""Why a score sheet judges nothing, in sentences fit to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ntm_portal.lib.numbers import format_decimal

if TYPE_CHECKING:
    from decimal import Decimal

    from ocop.grading.soundness import Fault

SENTENCES = {
    "unknown-scheme": gettext_lazy("There is no scheme “%(where)s”."),
    "empty": gettext_lazy("It holds no item at all."),
    "fragment": gettext_lazy("It is a fragment: items are missing."),
    "repeated": gettext_lazy("Item %(where)s stands in it more than once."),
    "no-part": gettext_lazy("Part %(where)s is missing."),
    "unknown-part": gettext_lazy("The scheme knows no part %(where)s."),
    "part-sum": gettext_lazy(
        "The items of part %(where)s add up to %(found)s; the scheme gives it %(expected)s."
    ),
    "section-sum": gettext_lazy(
        "The items of section %(where)s add up to %(found)s; it is printed with %(expected)s."
    ),
    "empty-section": gettext_lazy("Section %(where)s holds no item."),
    "item-most": gettext_lazy(
        "The best option of item %(where)s gives %(found)s; it is printed with %(expected)s."
    ),
    "negative": gettext_lazy("Item %(where)s has an option below 0."),
    "mark-too-high": gettext_lazy(
        "Item %(where)s asks for %(found)s points, more than its %(expected)s."
    ),
}


def sentence(fault: Fault) -> str:
    """Say one fault."""
    said = {
        "where": fault.where,
        "found": _number(fault.found),
        "expected": _number(fault.expected),
    }
    return str(SENTENCES[fault.code]) % said


def _number(value: Decimal | None) -> str:
    return _("nothing") if value is None else format_decimal(value)
