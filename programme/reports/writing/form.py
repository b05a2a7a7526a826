"""The words of the form itself: what NĐ 30/2020/NĐ-CP has every document say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from datetime import date


def words() -> dict[str, str]:
    """Return the words of the form."""
    return {
        "country": _("Socialist Republic of Viet Nam"),
        "motto": _("Independence – Freedom – Happiness"),
        "number": _("No.:"),
        "recipients": _("Recipients:"),
    }


def place_and_day(place: str, day: date | None) -> str:
    """Write where and when it is signed, with room for the day where that is not known.

    A nought stands before days below 10 and before months 1 and 2 only.
    """
    if day is None:
        return _("%(place)s, the … of … 20…") % {"place": place}
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    words_ = {"place": place, "day": f"{day:%d}", "month": month, "year": day.year}
    return _("%(place)s, day %(day)s month %(month)s year %(year)s") % words_
