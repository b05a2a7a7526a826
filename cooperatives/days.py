"""The day that the pages of cooperatives speak of when none is asked for."""

from __future__ import annotations

from datetime import date

from django.db.models import Max

from cooperatives.models import YearlyReturn


def usual_day(today: date) -> date:
    """Return the end of the last year with returns, or today where that is not over yet.

    So a register of former years, such as the demonstration, is shown as it stood.
    """
    counting = YearlyReturn.objects.counting().order_by()
    last = counting.filter(year__lte=today.year).aggregate(last=Max("year"))["last"]
    return min(date(last, 12, 31), today) if last else today
