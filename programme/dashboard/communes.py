"""Communes of a place by how they stand: what the hints count and the list shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
)
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from criteria.models import CriteriaSet, CriterionVerdict, Outcome, Recognition
from criteria.models.assessments import Basis, VerdictChoice
from programme.rollup.bands import BANDS

if TYPE_CHECKING:
    from communes.models import AdministrativeUnit
    from programme.dashboard.rounds import Rounds

UNMET = (VerdictChoice.NOT_MET, VerdictChoice.MISSING, VerdictChoice.UNDETERMINED)
HOLDS = (VerdictChoice.MET, VerdictChoice.NOT_APPLICABLE)


class Standing(TextChoices):
    """What a commune can be looked up by."""

    ONE_SHORT = "one_short", _("one criterion short")
    NEAR = "near", _("one criterion or two short")
    READY = "ready", _("all criteria met, not yet recognised")
    LOST = "lost", _("fewer criteria than in the round before")
    GAINED = "gained", _("more criteria than in the round before")
    GAP = "gap", _("reported beyond verified")
    BELOW_10 = "below_10", _("fewer than 10 criteria met")


CONDITIONS = {
    Standing.ONE_SHORT: Q(unmet=1, meets_all=False),
    Standing.NEAR: Q(unmet__gte=1, unmet__lte=2, meets_all=False),
    Standing.READY: Q(meets_all=True, is_recognised=False),
    Standing.LOST: Q(before__gt=F("criteria_met")),
    Standing.GAINED: Q(before__lt=F("criteria_met")),
    Standing.GAP: Q(verified__lt=F("criteria_met")),
    Standing.BELOW_10: Q(criteria_met__lt=BANDS["below_10"].stop, meets_all=False),
}


def outcomes(unit: AdministrativeUnit, rounds: Rounds) -> QuerySet[Outcome, Any]:
    """Return the outcomes of the communes of a place that reported, with what is asked of them.

    The rows carry annotations, hence `Any`: `unmet`, `before` (criteria met in the round
    before), `verified` (criteria met as verified) and `is_recognised`.
    """
    verified = Outcome.objects.filter(
        assessment=OuterRef("assessment"), basis=Basis.VERIFIED, measures_typed__gt=0
    )
    return Outcome.objects.filter(
        basis=Basis.REPORTED,
        measures_typed__gt=0,
        assessment__round=rounds.chosen,
        assessment__criteria_set__standard=CriteriaSet.Standard.NTM,
        **rounds.within(unit, "assessment__unit"),
    ).annotate(
        unmet=F("criteria_not_met") + F("criteria_missing") + F("criteria_undetermined"),
        before=_met_before(rounds),
        verified=Subquery(verified.order_by().values("criteria_met")[:1]),
        is_recognised=Exists(
            Recognition.objects.in_force(rounds.day).filter(
                unit=OuterRef("assessment__unit"), standard=CriteriaSet.Standard.NTM
            )
        ),
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """How many communes stand each way, and what alone holds back those one criterion short."""

    ready: int
    lost: int
    alone: tuple[tuple[int, int], ...]

    @property
    def one_short(self) -> int:
        """Return the communes one criterion short: each lacks one, and is counted there."""
        return sum(number for _criterion, number in self.alone)


def count(unit: AdministrativeUnit, rounds: Rounds) -> Counted:
    """Return how the communes of a place stand, in one query; criteria by id, most first."""
    rows = outcomes(unit, rounds).order_by()
    one_short = rows.filter(CONDITIONS[Standing.ONE_SHORT]).values("pk")
    alone = (
        _unmet_verdicts()
        .filter(outcome__in=one_short)
        .order_by()
        .annotate(kind=Value(""))
        .values("kind", "criterion_id")
        .annotate(number=Count("pk"))
        .values_list("kind", "criterion_id", "number")
    )
    counts = (
        rows.filter(CONDITIONS[key])
        .annotate(kind=Value(key.value), none=Value(0, IntegerField()))
        .values("kind", "none")
        .annotate(number=Count("pk"))
        .values_list("kind", "none", "number")
        for key in (Standing.READY, Standing.LOST)
    )
    found = list(alone.union(*counts, all=True))
    by_kind = {kind: number for kind, _none, number in found if kind}
    held = [(criterion, number) for kind, criterion, number in found if not kind]
    return Counted(
        ready=by_kind.get(Standing.READY, 0),
        lost=by_kind.get(Standing.LOST, 0),
        alone=tuple(sorted(held, key=lambda item: -item[1])),
    )


def lacking(criterion_code: str = "", verdict: str = "") -> Exists:
    """Return the condition "does not (yet) meet this criterion", or any, with this verdict."""
    found = _unmet_verdicts().filter(outcome=OuterRef("pk"))
    if criterion_code:
        found = found.filter(criterion__code=criterion_code)
    return Exists(found.filter(verdict=verdict) if verdict else found)


def _unmet_verdicts() -> QuerySet[CriterionVerdict]:
    return CriterionVerdict.objects.exclude(verdict__in=HOLDS)


def _met_before(rounds: Rounds) -> Subquery | Cast:
    if rounds.previous is None:
        return Cast(Value(None), IntegerField())  # PostgreSQL compares only what has a type
    return Subquery(
        Outcome.objects.filter(
            basis=Basis.REPORTED,
            assessment__round=rounds.previous,
            # By version of the unit, not by code: through the index it takes milliseconds. A
            # commune that changed its version in between counts as one without a round before.
            assessment__unit=OuterRef("assessment__unit"),
            assessment__criteria_set=OuterRef("assessment__criteria_set"),
        ).values("criteria_met")[:1]
    )
