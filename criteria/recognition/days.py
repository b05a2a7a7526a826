"""The day that pages on recognition speak of when none is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from criteria.models import ReportingRound

if TYPE_CHECKING:
    from datetime import date


def usual_day(today: date) -> date:
    """Return the reference date of the current round, as on every other page; else today."""
    current = ReportingRound.objects.current()
    return min(current.reference_date, today) if current else today
