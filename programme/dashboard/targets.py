"""Where the programme stands against its targets: worked out when read, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from criteria.models import ReportingRound
from criteria.models.assessments import Basis
from programme import carried
from programme.dashboard import origins, published
from programme.metrics import Metric, metric
from programme.models import Summary, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from programme.dashboard.figures import Figures
    from programme.dashboard.rounds import Rounds
    from programme.models import PublishedFigure

    Summaries = Mapping[tuple[str, date, str], Summary]


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """A target and how far the unit is from it in a round.

    `reported` is the value the target is judged by; nothing where no summary stands, or none on
    the day the target counts from. `verified` is nothing where both are the same by nature.
    `counters` are what `reported` is made of, `verified_counters` what `verified` is. For a
    target that counts an increase, `baseline` is what was there before and is taken off all three
    values; it comes from the round of that day, or else from what had been published by then
    (`baseline_published`). `verified_communes` of `communes` were assessed on the verified basis,
    `assessed` on the reported one.
    """

    target: Target
    metric: Metric
    round: ReportingRound
    reported: Decimal | None = None
    verified: Decimal | None = None
    previous: Decimal | None = None
    previous_round: ReportingRound | None = None
    baseline: Decimal | None = None
    counters: Mapping[str, int] | None = None
    verified_counters: Mapping[str, int] | None = None
    communes: int = 0
    assessed: int = 0
    verified_communes: int = 0
    baseline_published: PublishedFigure | None = None

    @property
    def goal(self) -> Decimal:
        """Return the value that the target asks for."""
        return self.target.value

    @property
    def distance(self) -> Decimal | None:
        """Return how much better than asked the value is; negative is what is still missing."""
        if self.reported is None:
            return None
        if self.target.comparator == Target.Comparator.LESS_THAN:
            return self.goal - self.reported
        return self.reported - self.goal

    @property
    def is_met(self) -> bool | None:
        """Tell whether the target is met; nothing while communes not assessed could decide it."""
        if (distance := self.distance) is None:
            return None
        if self.target.comparator != Target.Comparator.LESS_THAN:
            return distance >= 0
        if distance <= 0:
            return False
        unknown = self.communes - self.assessed if self.metric.is_judged else 0
        return True if distance > unknown else None

    @property
    def change(self) -> Decimal | None:
        """Return the change since the round before."""
        if self.reported is None or self.previous is None:
            return None
        return self.reported - self.previous


def standings(
    targets: Sequence[Target],
    code: str,
    rounds: Rounds,
    series: Mapping[int, Figures],
    published_figures: Sequence[PublishedFigure] | None = None,
) -> list[TargetStanding]:
    """Return how a unit stands against each of its own targets, its figures being known."""
    if rounds.chosen is None or not targets:
        return []
    found = {
        (code, item.reference_date, str(row.basis)): row
        for item in rounds.known
        if item.pk in series
        for row in (series[item.pk].reported, series[item.pk].verified)
        if row.computed_at
    }
    known = _published(targets, found, published_figures)
    return [
        _standing(_Reading(target, found, known.get(target.code)), rounds.chosen, rounds.previous)
        for target in targets
    ]


def standing(target: Target, round_: ReportingRound) -> TargetStanding:
    """Return how the target stands in the round; two queries."""
    return standings_of([target], round_)[0]


def standings_of(
    targets: Iterable[Target], round_: ReportingRound, *, is_carried: bool = False
) -> list[TargetStanding]:
    """Return how each target stands in the round, in order; two queries besides the targets'.

    On the present map a target stands only where its unit is made of what it was on the day.
    """
    targets = list(targets)
    if not targets:
        return []
    previous = (
        ReportingRound.objects.filter(reference_date__lt=round_.reference_date)
        .order_by("reference_date")
        .last()
    )
    found = (_carried if is_carried else _summaries)(targets, round_, previous)
    known = _published(targets, found)
    return [
        _standing(_Reading(target, found, known.get(target.code)), round_, previous)
        for target in targets
    ]


def _published(
    targets: Iterable[Target],
    found: Summaries,
    known: Sequence[PublishedFigure] | None = None,
) -> Mapping[str, PublishedFigure]:
    """Return what was published for the targets whose baseline no round of the portal knows."""
    wanted = (
        target
        for target in targets
        if target.baseline_date
        and (target.unit_code, target.baseline_date, Basis.REPORTED) not in found
    )
    return published.baselines(wanted, known)


def _summaries(
    targets: list[Target], round_: ReportingRound, previous: ReportingRound | None
) -> Summaries:
    """Return the rows of the round, of the one before, and of the days targets count from."""
    days = {target.baseline_date for target in targets if target.baseline_date}
    days |= {item.reference_date for item in (round_, previous) if item}
    rows = Summary.objects.filter(
        round__reference_date__in=days, unit__code__in={target.unit_code for target in targets}
    ).select_related("unit", "round")
    return {(row.unit.code, row.round.reference_date, str(row.basis)): row for row in rows}


def _carried(
    targets: list[Target], round_: ReportingRound, previous: ReportingRound | None
) -> Summaries:
    """Return the same rows carried to the present map."""
    days = {target.baseline_date for target in targets if target.baseline_date}
    days |= {item.reference_date for item in (round_, previous) if item}
    codes = origins.unchanged({item.unit_code for item in targets}, round_.reference_date)
    rounds = ReportingRound.objects.filter(reference_date__in=days).in_bulk()
    return {
        (codes[row.unit_id], rounds[row.round_id].reference_date, str(row.basis)): row
        for row in carried.summaries(list(codes), list(rounds.values()))
    }


@dataclass(frozen=True, slots=True)
class _Reading:
    """One target's own part of the summaries."""

    target: Target
    found: Summaries
    published: PublishedFigure | None = None

    @property
    def metric(self) -> Metric:
        return metric(self.target.metric)

    def summary(self, day: date, basis: str) -> Summary | None:
        return self.found.get((self.target.unit_code, day, basis))

    def counters(self, day: date, basis: str) -> dict[str, int] | None:
        row = self.summary(day, basis)
        return {name: getattr(row, name) for name in self.metric.reads} if row else None

    def level(self, day: date, basis: str) -> Decimal | None:
        counters = self.counters(day, basis)
        return None if counters is None else self.metric.value(counters)

    def value(self, day: date, basis: str = Basis.REPORTED) -> Decimal | None:
        """Return the level, or for a target that counts an increase, what came since."""
        level = self.level(day, basis)
        if self.target.baseline_date is None or level is None:
            return level
        before = self.baseline(basis)
        return None if before is None else level - before

    def baseline(self, basis: str = Basis.REPORTED) -> Decimal | None:
        """Return what was there on the day the target counts from, by a round or as published."""
        day = self.target.baseline_date
        own = self.level(day, basis) if day else None
        return self.published.value if own is None and self.published else own


def _standing(
    reading: _Reading, round_: ReportingRound, previous: ReportingRound | None
) -> TargetStanding:
    day, since = round_.reference_date, reading.target.baseline_date
    reported, verified = (reading.summary(day, basis) for basis in Basis)
    is_judged = reading.metric.is_judged
    return TargetStanding(
        target=reading.target,
        metric=reading.metric,
        round=round_,
        reported=reading.value(day),
        verified=reading.value(day, Basis.VERIFIED) if is_judged else None,
        previous=reading.value(previous.reference_date) if previous else None,
        previous_round=previous,
        baseline=reading.baseline() if since else None,
        baseline_published=reading.published,
        counters=reading.counters(day, Basis.REPORTED),
        verified_counters=reading.counters(day, Basis.VERIFIED) if is_judged else None,
        communes=reported.communes if reported else 0,
        assessed=reported.assessed if reported else 0,
        verified_communes=verified.assessed if verified else 0,
    )
