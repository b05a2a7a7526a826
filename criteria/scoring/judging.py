"""Values against thresholds: one measure, or everything in a set, for one commune.

Whoever judges many communes makes a plan once for each place: `criteria.scoring.plans`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from criteria.scoring.comparing import step_of
from criteria.scoring.judgements import Judgement, Reason, SetJudgement
from criteria.scoring.plans import UNCONFIRMED, plan_of
from criteria.scoring.specs import (
    CriterionSpec,
    IndicatorSpec,
    MeasureSpec,
    RegionOverride,
    SetSpec,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from criteria.scoring.thresholds import Place
    from criteria.scoring.verdicts import NotAssessed

__all__ = [
    "UNCONFIRMED",
    "CriterionSpec",
    "IndicatorSpec",
    "Judgement",
    "MeasureSpec",
    "Reason",
    "RegionOverride",
    "SetJudgement",
    "SetSpec",
    "judge",
    "judge_set",
]


def judge(measure: MeasureSpec, typed: Decimal | NotAssessed | None, place: Place) -> Judgement:
    """Judge one number; what was not typed, and what the law has not settled, is not failed."""
    return step_of(measure, place).judge(typed)


def judge_set(
    spec: SetSpec, numbers: Mapping[int, Decimal | NotAssessed | None], place: Place
) -> SetJudgement:
    """Judge everything in a set from what is typed by measure id, as the set stands.

    A missing key is nothing typed. A set with amended measures is first taken `on` its day.
    """
    return plan_of(spec, place).judge(numbers)
