"""Whether the conditions of a title hold for a unit on a day, and what is missing.

What the portal holds no data on, and what nobody could read, is undetermined: never met.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from communes.models import AdministrativeUnit
from criteria.models import Outcome, Recognition
from criteria.models.assessments import Basis
from criteria.models.sets import Confidence
from criteria.recognition.law import titles
from criteria.scoring.shares import share_verdict
from criteria.scoring.titles import Asks, Provision, Title, titles_on
from criteria.scoring.verdicts import Verdict, combine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found for one condition: for a share who lacks it, for criteria the outcome."""

    provision: Provision
    verdict: Verdict
    holding: int = 0
    total: int = 0
    lacking: tuple[AdministrativeUnit, ...] = ()
    outcome: Outcome | None = None

    @property
    def confidence(self) -> str:
        """Return how sure it is: that of the law, and of the thresholds the outcome rests on."""
        is_shaken = self.outcome is not None and self.outcome.rests_on_unconfirmed
        if is_shaken and self.provision.confidence == Confidence.READ:
            return Confidence.UNCONFIRMED
        return self.provision.confidence


@dataclass(frozen=True, slots=True)
class Entitlement:
    """A title that a unit can be given, and what was found for each of its conditions."""

    title: Title
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        """Return the verdict on all conditions together."""
        return combine(finding.verdict for finding in self.findings)

    @property
    def failing(self) -> tuple[Finding, ...]:
        """Return what is known not to hold."""
        return tuple(item for item in self.findings if item.verdict is Verdict.NOT_MET)


def entitlements(unit: AdministrativeUnit, day: date) -> tuple[Entitlement, ...]:
    """Return every title the unit can be given on `day` with its findings; four queries."""
    facts = _Facts.of(unit, day)
    return tuple(
        Entitlement(title, tuple(facts.find(provision) for provision in title.conditions))
        for title in titles_on(titles(), unit.level, unit.kind, day)
    )


def entitlement(unit: AdministrativeUnit, standard: str, day: date) -> Entitlement | None:
    """Return one title with its findings; nothing when the law of that day is not known."""
    found = (item for item in entitlements(unit, day) if item.title.standard == standard)
    return next(found, None)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the portal knows on the day: units below, titles held, the latest own outcomes."""

    unit: AdministrativeUnit
    below: tuple[AdministrativeUnit, ...]
    held: frozenset[tuple[int, str]]
    outcomes: dict[str, Outcome]

    @classmethod
    def of(cls, unit: AdministrativeUnit, day: date) -> _Facts:
        inside = AdministrativeUnit.objects.on(day).within([unit.path]).exclude(pk=unit.pk)
        held = Recognition.objects.in_force(day).within([unit.path]).order_by()
        return cls(
            unit=unit,
            below=tuple(inside.order_by("path")),
            held=frozenset(held.values_list("unit_id", "standard")),
            outcomes=dict(_latest_verified(unit, day)),
        )

    def find(self, provision: Provision) -> Finding:
        """Say what is known of one condition."""
        unknown = Finding(provision, Verdict.UNDETERMINED)
        match provision.asks:
            case Asks.OWN_CRITERIA:
                outcome = self.outcomes.get(provision.standard)
                return replace(unknown, verdict=_verdict_of(outcome), outcome=outcome)
            case Asks.HOLDS:
                holds = (self.unit.pk, provision.standard) in self.held
                return replace(unknown, verdict=Verdict.MET if holds else Verdict.NOT_MET)
            case Asks.SHARE:
                return self._share(provision)
            case _:
                return unknown

    def _share(self, provision: Provision) -> Finding:
        asked = [unit for unit in self.below if unit.kind in provision.of_kinds]
        lacking = tuple(unit for unit in asked if not self._holds_any(unit, provision))
        holding, total = len(asked) - len(lacking), len(asked)
        verdict = share_verdict(holding, total, provision.at_least)
        return Finding(provision, verdict, holding, total, lacking)

    def _holds_any(self, unit: AdministrativeUnit, provision: Provision) -> bool:
        return any((unit.pk, standard) in self.held for standard in provision.holding)


def _latest_verified(unit: AdministrativeUnit, day: date) -> Iterator[tuple[str, Outcome]]:
    """Yield the outcomes by standard, older ones first."""
    rows = Outcome.objects.filter(
        assessment__unit=unit,
        assessment__round__reference_date__lte=day,
        assessment__criteria_set__level=unit.level,
        basis=Basis.VERIFIED,
        measures_typed__gt=0,
    ).order_by("assessment__round__reference_date", "pk")
    for row in rows.select_related("assessment__round", "assessment__criteria_set"):
        yield row.assessment.criteria_set.standard, row


def _verdict_of(outcome: Outcome | None) -> Verdict:
    if outcome is None:
        return Verdict.UNDETERMINED
    if outcome.meets_all:
        return Verdict.MET
    if outcome.criteria_not_met:
        return Verdict.NOT_MET
    return Verdict.MISSING if outcome.criteria_missing else Verdict.UNDETERMINED
