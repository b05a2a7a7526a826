"""Days as people write them, in the form of the reader's language."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import get_language

_ENGLISH_MONTHS = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)


def written_day(value: date) -> str:
    """Write a day: `31/12/2020`, or `31 Dec 2020` in English."""
    value = timezone.localtime(value) if isinstance(value, datetime) else value
    if get_language() == "en":
        return f"{value.day} {_ENGLISH_MONTHS[value.month - 1]} {value.year}"
    return f"{value:%d/%m/%Y}"
