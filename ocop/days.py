"""The day that the pages of OCOP speak of when none is asked for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Max

from ocop.models import Certificate

if TYPE_CHECKING:
    from django.http import QueryDict


def asked_day(query: QueryDict, today: date) -> date:
    """Return the day that the query names, else the usual one."""
    try:
        return date.fromisoformat(query.get("on", ""))
    except ValueError:
        return usual_day(today)


def usual_day(today: date) -> date:
    """Return today; where nothing is in force any more, the end of the last year of awards.

    So a register of former years, such as the demonstration, is shown as it stood.
    """
    certificates = Certificate.objects.order_by()
    if certificates.in_force(today).exists():
        return today
    last = certificates.filter(valid_from__lte=today).aggregate(last=Max("valid_from"))["last"]
    return min(date(last.year, 12, 31), today) if last else today
