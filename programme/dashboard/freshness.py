"""How fresh the figures of a place are and what the roll-up still owes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from datetime import datetime

    from criteria.models import ReportingRound
    from programme.dashboard.figures import Figures


@dataclass(frozen=True, slots=True)
class Freshness:
    """When the figures were last added up, and how many units wait to be."""

    refreshed_at: datetime | None
    pending: int

    @property
    def is_of_today(self) -> bool:
        """Tell whether the time alone says when that was."""
        at = self.refreshed_at
        return at is not None and timezone.localdate(at) == timezone.localdate()

    @property
    def token(self) -> str:
        """Return what changes when there is something new to say."""
        at = self.refreshed_at.timestamp() if self.refreshed_at else 0
        return f"{at:.6f}-{self.pending}"


def of(found: Freshness, round_: ReportingRound | None, now: Figures | None) -> Freshness:
    """Return the freshness of figures that are known; those of a published round are of then."""
    if round_ is None or not round_.is_frozen:
        return found
    return Freshness(now.reported.computed_at if now else None, 0)
