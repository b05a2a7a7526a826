"""What is stored of some assessments: values with their verdicts, outcomes, criterion verdicts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from criteria.models import CriterionVerdict, IndicatorValue, Outcome
from criteria.scoring.verdicts import NOT_ASSESSED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from criteria.scoring.verdicts import NotAssessed

    Number = Decimal | NotAssessed | None
    # measure, number, verified number, verdict, threshold, distance
    Value = tuple[int, Number, Number, str, int | None, Decimal | None]
    Key = tuple[int, str]  # an assessment and a basis

NUMBERS = ("number", "is_not_assessed", "verified_number", "verified_is_not_assessed")
VERDICT = ("verdict", "threshold_id", "distance")
OUTCOME = (
    "criteria_total",
    "criteria_met",
    "criteria_not_met",
    "criteria_missing",
    "criteria_undetermined",
    "measures_total",
    "measures_typed",
    "meets_all",
    "rests_on_unconfirmed",
)


@dataclass(frozen=True, slots=True)
class Stored:
    """Rows by assessment, and by assessment and basis."""

    values: dict[int, list[Value]]
    outcomes: dict[Key, dict[str, object]]
    verdicts: dict[Key, dict[str, object]]

    @classmethod
    def of(cls, ids: Sequence[int]) -> Stored:
        """Read what is stored of these assessments; three queries."""
        values: defaultdict[int, list[Value]] = defaultdict(list)
        for pk, measure, typed, is_left_out, verified, was_left_out, *verdict in (
            IndicatorValue.objects.filter(assessment__in=ids)
            .order_by()
            .values_list("assessment_id", "measure_id", *NUMBERS, *VERDICT)
            .iterator()
        ):
            now = NOT_ASSESSED if is_left_out else typed
            then = NOT_ASSESSED if was_left_out else verified
            values[pk].append((measure, now, then, *verdict))
        outcomes = {
            (pk, basis): dict(zip(OUTCOME, row, strict=True))
            for pk, basis, *row in Outcome.objects.filter(assessment__in=ids)
            .order_by()
            .values_list("assessment_id", "basis", *OUTCOME)
        }
        verdicts: defaultdict[Key, dict[str, object]] = defaultdict(dict)
        for pk, basis, code, verdict in (
            CriterionVerdict.objects.filter(outcome__assessment__in=ids)
            .order_by()
            .values_list("outcome__assessment_id", "outcome__basis", "criterion__code", "verdict")
        ):
            verdicts[pk, basis][code] = verdict
        return cls(values, outcomes, verdicts)
