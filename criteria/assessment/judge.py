"""A set on a day, loaded once to judge many communes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from criteria.assessment.kept_law import law_of
from criteria.assessment.specs import load_spec
from criteria.scoring.plans import Plan, plan_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from criteria.models import CriteriaSet, ReportingRound
    from criteria.scoring.judgements import SetJudgement
    from criteria.scoring.specs import SetSpec
    from criteria.scoring.thresholds import Place, Rule
    from criteria.scoring.verdicts import NotAssessed


@dataclass(slots=True)
class Judge:
    """A set on a day, ready to judge many communes; the rules of equal places are found once."""

    spec: SetSpec
    _plans: dict[Place, Plan]

    @classmethod
    def of(cls, criteria_set: CriteriaSet, day: date) -> Judge:
        """Load the set as it stands on `day`."""
        return cls(load_spec(criteria_set, day), {})

    @classmethod
    def in_round(cls, round_: ReportingRound, criteria_set: CriteriaSet) -> Judge:
        """Load the set as it judges, or judged, the round."""
        return cls(law_of(round_, criteria_set), {})

    def plan_for(self, place: Place) -> Plan:
        """Return what becomes of every measure for communes such as `place`."""
        if place not in self._plans:
            self._plans[place] = plan_of(self.spec, place)
        return self._plans[place]

    def rules_for(self, place: Place) -> Mapping[int, Rule | None]:
        """Return the prevailing rule by measure id for communes such as `place`."""
        return self.plan_for(place).rules

    def judge(
        self, numbers: Mapping[int, Decimal | NotAssessed | None], place: Place
    ) -> SetJudgement:
        """Judge one commune from its numbers by measure id."""
        return self.plan_for(place).judge(numbers)
