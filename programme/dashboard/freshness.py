"""How fresh the figures of a place are and what the roll-up still owes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from communes.models import StaleUnit
from programme.models import RollupState, Summary

if TYPE_CHECKING:
    from datetime import datetime

    from communes.models import AdministrativeUnit
    from criteria.models import ReportingRound


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


def read(unit: AdministrativeUnit, round_: ReportingRound | None) -> Freshness:
    """Return the freshness of a place in a round; a published round owes nothing."""
    if round_ and round_.is_frozen:
        computed = Summary.objects.filter(unit__code=unit.code, round=round_)
        return Freshness(computed.values_list("computed_at", flat=True).first(), 0)
    refreshed_at = RollupState.objects.values_list("refreshed_at", flat=True).first()
    if round_ is None:
        return Freshness(refreshed_at, 0)
    marks = StaleUnit.objects.filter(
        unit__path__startswith=unit.path, since__lte=round_.reference_date
    )
    return Freshness(refreshed_at, marks.pending_units())
