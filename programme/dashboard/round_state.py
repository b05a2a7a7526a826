"""How far rounds are, counted from values; and what opening, closing or publishing one does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q, Sum

from communes.models import AdministrativeUnit, StaleUnit
from criteria.models import Assessment, Outcome, ReportingRound
from criteria.models.assessments import Basis
from criteria.services.carrying import last_assessments
from criteria.services.rounds import set_in_force
from ntm_portal.lib.errors import DomainError
from programme.models import Publication

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from criteria.models import CriteriaSet

Status = Assessment.Status


@dataclass(frozen=True, slots=True)
class RoundState:
    """A round with its counts within somebody's reach, and its latest publication."""

    round: ReportingRound
    communes: int
    submitted: int
    verified: int
    values_typed: int
    values_asked: int
    publication: Publication | None

    @property
    def percent(self) -> int:
        """Return how much of what is asked is there; full only when nothing is missing."""
        return 100 * self.values_typed // self.values_asked if self.values_asked else 0

    @property
    def not_verified(self) -> int:
        """Return how many communes nobody has verified."""
        return self.communes - self.verified

    @property
    def values_missing(self) -> int:
        """Return how many values are still missing."""
        return self.values_asked - self.values_typed


@dataclass(frozen=True, slots=True)
class Opening:
    """What opening a round on a day would do; `sentence` says why it cannot be opened."""

    communes: int = 0
    carried: int = 0
    criteria_set: CriteriaSet | None = None
    rounds: tuple[str, ...] = ()
    sentence: str = ""

    @property
    def empty(self) -> int:
        """Return how many communes start without values."""
        return self.communes - self.carried


def states(read: Iterable[str], rounds: Iterable[ReportingRound]) -> tuple[RoundState, ...]:
    """Return how the rounds stand within what she may read; three queries."""
    hers = Assessment.objects.within(read).filter(round__in=rounds).order_by()
    nothing: dict[str, int] = {}
    counts = {
        row["round"]: row
        for row in hers.values("round").annotate(
            communes=Count("pk"),
            submitted=Count("pk", filter=Q(status=Status.SUBMITTED)),
            verified=Count("pk", filter=Q(status=Status.VERIFIED)),
        )
    }
    reported = Outcome.objects.filter(assessment__in=hers, basis=Basis.REPORTED).order_by()
    typed = {
        row["assessment__round"]: row
        for row in reported.values("assessment__round").annotate(
            typed=Sum("measures_typed"), asked=Sum("measures_total")
        )
    }
    published = {item.round_id: item for item in Publication.objects.filter(round__in=rounds)}
    return tuple(
        RoundState(
            round=item,
            communes=counts.get(item.pk, nothing).get("communes", 0),
            submitted=counts.get(item.pk, nothing).get("submitted", 0),
            verified=counts.get(item.pk, nothing).get("verified", 0),
            values_typed=typed.get(item.pk, nothing).get("typed", 0),
            values_asked=typed.get(item.pk, nothing).get("asked", 0),
            publication=published.get(item.pk),
        )
        for item in rounds
    )


def opening(day: date) -> Opening:
    """Return what opening a round as of `day` would do."""
    try:
        criteria_set = set_in_force(day)
    except DomainError as refusal:
        return Opening(sentence=str(refusal))
    units = AdministrativeUnit.objects.on(day).in_programme()
    sources = last_assessments(day, criteria_set)
    ids = set(units.values_list("pk", flat=True))
    carried = [found for pk, found in sources.items() if pk in ids]
    rounds = sorted({found.round.code for found in carried})
    return Opening(len(ids), len(carried), criteria_set, tuple(rounds))


def pending() -> int:
    """Return how many units the roll-up still owes: a round is published without any."""
    return StaleUnit.objects.pending_units()
