"""Filters by which templates show numbers, dates, verdicts and confidence in the reader's form."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, pgettext

from criteria.models.assessments import VerdictChoice
from criteria.models.sets import Confidence
from criteria.remarks import remark_in_words
from ntm_portal.lib.days import written_day
from ntm_portal.lib.narrowing import options
from ntm_portal.lib.numbers import format_decimal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.safestring import SafeString

register = template.Library()

NOTHING = "–"
_SIGNS = {
    VerdictChoice.MET: "✓",
    VerdictChoice.NOT_MET: "✗",
    VerdictChoice.MISSING: "–",
    VerdictChoice.UNDETERMINED: "?",
    VerdictChoice.NOT_APPLICABLE: "∅",
}


@register.filter
def number(value: Decimal | float | None, places: int | None = None) -> str:
    """Write a number as the reader does; a dash where there is none."""
    if value is None or value == "":
        return NOTHING
    return format_decimal(Decimal(str(value)), places)


@register.filter
def signed(value: Decimal | float | None, places: int | None = None) -> str:
    """Write a change with its sign: +2,1 or −0,3."""
    text = number(value, places)
    if text == NOTHING or not any(digit in text for digit in "123456789"):
        return text
    return f"−{text[1:]}" if text.startswith("-") else f"+{text}"


@register.filter
def percent(value: Decimal | float | None, places: int | None = None) -> str:
    """Write a percentage: `62,4 %` in Vietnamese, `62.4%` in English."""
    text = number(value, places)
    gap = "" if get_language() == "en" else "\u00a0"
    return text if text == NOTHING else f"{text}{gap}%"


@register.filter
def day(value: date | None) -> str:
    """Write a day: `31/12/2020`, or `31 Dec 2020` in English."""
    if value is None:
        return NOTHING
    return written_day(value)


@register.filter
def deadline(value: date | None) -> str:
    """Write a day that something is due on, with its weekday: `thứ Sáu, 15/01/2021`."""
    if value is None:
        return NOTHING
    return f"{_weekday(_local(value))}, {day(value)}"


@register.filter
def moment(value: datetime | None) -> str:
    """Write when something happened, to the minute: `10:42, 15/01/2021`."""
    return NOTHING if value is None else f"{_local(value):%H:%M}, {day(value)}"


@register.filter
def clock(value: datetime | None) -> str:
    """Write the time of day to the second: `10:42:07`."""
    return NOTHING if value is None else f"{_local(value):%H:%M:%S}"


@register.filter
def verdict_sign(verdict: str) -> str:
    """Return the sign of a verdict, which says without colour what it is."""
    return _SIGNS[VerdictChoice(verdict)]


@register.filter
def verdict_word(verdict: str) -> str:
    """Return the word of a verdict."""
    return str(VerdictChoice(verdict).label)


@register.filter
def remark(text: str) -> str:
    """Write where a fact of the law was read, in the reader's language."""
    return remark_in_words(text)


@register.filter
def confidence(value: str) -> SafeString | str:
    """Mark a fact of the law that nobody has read in its source; nothing for one that is read."""
    if not value or value == Confidence.READ:
        return ""
    return format_html(
        '<span class="unconfirmed"><span aria-hidden="true">§</span>'
        '<span class="visually-hidden">{}</span></span>',
        Confidence(value).label,
    )


@register.filter
def as_options(choices: Iterable[tuple[str, str]], chosen: str | None) -> SafeString:
    """Write choices of a list, the chosen one marked."""
    return options(choices, chosen or "")


def _local(value: date) -> date:
    return timezone.localtime(value) if isinstance(value, datetime) else value


def _weekday(value: date) -> str:
    names = (
        pgettext("weekday", "Monday"),
        pgettext("weekday", "Tuesday"),
        pgettext("weekday", "Wednesday"),
        pgettext("weekday", "Thursday"),
        pgettext("weekday", "Friday"),
        pgettext("weekday", "Saturday"),
        pgettext("weekday", "Sunday"),
    )
    return names[value.weekday()]
