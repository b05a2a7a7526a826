"""Which round a page shows, the one before it, and the others to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils import timezone

from criteria.models import ReportingRound

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Rounds:
    """The rounds there are, the newest first, and the one that is shown."""

    known: tuple[ReportingRound, ...]
    chosen: ReportingRound | None

    @property
    def day(self) -> date:
        """Return the day whose map is shown: today's while there is no round."""
        return self.chosen.reference_date if self.chosen else timezone.localdate()

    @property
    def query(self) -> str:
        """Return what a link to another page must carry, so that the reader keeps her round."""
        return f"?{urlencode(self.parameters)}"

    @property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """Return the same as names and values, for a form."""
        return (("round", self.chosen.code),) if self.chosen else ()

    @property
    def up_to_chosen(self) -> tuple[ReportingRound, ...]:
        """Return the rounds up to the one shown, the oldest first."""
        return tuple(item for item in reversed(self.known) if item.reference_date <= self.day)

    @property
    def compared(self) -> tuple[ReportingRound, ...]:
        """Return the round shown and the one before it, as far as there are."""
        return tuple(item for item in (self.chosen, self.previous) if item)

    @property
    def is_demonstration(self) -> bool:
        """Tell whether some of the figures are invented for demonstration."""
        return any(item.is_demonstration for item in self.known)

    @property
    def previous(self) -> ReportingRound | None:
        """Return the round before the one shown."""
        return self.up_to_chosen[-2] if self.chosen and len(self.up_to_chosen) > 1 else None


def choose(code: str) -> Rounds:
    """Return the rounds with the one of this code chosen, or without a code the current one.

    Raises ReportingRound.DoesNotExist when no round has this code.
    """
    known = tuple(ReportingRound.objects.order_by("-reference_date"))
    if not code:
        return Rounds(known, next((item for item in known if item.is_open), _first(known)))
    chosen = _first(tuple(item for item in known if item.code == code))
    if chosen is None:
        raise ReportingRound.DoesNotExist(code)
    return Rounds(known, chosen)


def _first(rounds: tuple[ReportingRound, ...]) -> ReportingRound | None:
    return rounds[0] if rounds else None
