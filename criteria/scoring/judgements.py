"""Verdicts with what they rest on: on one measure, and on everything in a set."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from criteria.scoring.verdicts import Verdict, combine_known

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from criteria.scoring.thresholds import Rule


class Reason(StrEnum):
    """Why a verdict could not be reached, or why none was asked for."""

    NONE = ""
    NOTHING_TYPED = "nothing_typed"
    PROVINCE_HAS_NOT_SET = "province_has_not_set"
    MINISTRY_HAS_NOT_SET = "ministry_has_not_set"
    THRESHOLD_UNKNOWN = "threshold_unknown"
    FACT_UNKNOWN = "fact_unknown"
    INCOMPLETE = "incomplete"
    NOT_ASSESSED = "not_assessed"
    DOES_NOT_APPLY = "does_not_apply"


# A tuple: hundreds of thousands are made a second, and a frozen dataclass takes twice as long.
class Judgement(NamedTuple):
    """The verdict on one measure, the rule it rests on, and the distance to it.

    `distance` is positive when the value is better than asked, in the measure's own unit.
    """

    verdict: Verdict
    rule: Rule | None = None
    distance: Decimal | None = None
    reason: Reason = Reason.NONE


@dataclass(frozen=True, slots=True)
class SetJudgement:
    """The verdicts on everything in a set, by the id of the thing judged.

    `measures_typed` counts those for which nothing is owed: typed, left out, or not asked here.
    `incomplete` holds the criteria that would be met if what nobody could read were met too.
    """

    measures: Mapping[int, Judgement]
    indicators: Mapping[int, Verdict]
    criteria: Mapping[int, Verdict]
    meets_all: bool
    rests_on_unconfirmed: bool
    measures_typed: int
    is_complete: bool = True
    incomplete: frozenset[int] = frozenset()

    def count(self, verdict: Verdict) -> int:
        """Return how many criteria have this verdict."""
        return sum(1 for found in self.criteria.values() if found is verdict)

    @property
    def verdict(self) -> Verdict:
        """Return the verdict on the set itself; an incomplete one is never met."""
        return combine_known(self.criteria.values(), is_complete=self.is_complete)

    def reason_for(self, criterion_id: int) -> Reason:
        """Return why a criterion is undetermined for what nobody could read of it."""
        return Reason.INCOMPLETE if criterion_id in self.incomplete else Reason.NONE
