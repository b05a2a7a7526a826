"""Rounds and assessments as other systems read them; every field says what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from criteria.models import Assessment, IndicatorValue, Measure, Outcome, ReportingRound
from criteria.models.assessments import Basis, VerdictChoice
from criteria.models.sets import Confidence

if TYPE_CHECKING:
    from typing import Any

UNIT_CODE = "Official code of the unit (General Statistics Office)."
ROUND_CODE = "Code of the round, such as 2020-Q4."
DEMONSTRATION = "True when the figures are invented for demonstration."


class RoundSerializer(serializers.Serializer[ReportingRound]):
    """A reporting round."""

    code = serializers.CharField(help_text=ROUND_CODE)
    reference_date = serializers.DateField(help_text="The day its figures are of.")
    opens_on = serializers.DateField(help_text="First day of typing.")
    due_on = serializers.DateField(help_text="Last day of typing.")
    status = serializers.ChoiceField(
        ReportingRound.Status.choices,
        help_text="Figures of a published round never move; those of the others may.",
    )
    is_demonstration = serializers.BooleanField(help_text=DEMONSTRATION)


class OutcomeSerializer(serializers.Serializer[Outcome]):
    """What an assessment comes to on one basis."""

    criteria_total = serializers.IntegerField(help_text="Criteria of the set.")
    criteria_met = serializers.IntegerField(help_text="Criteria met.")
    criteria_not_met = serializers.IntegerField(help_text="Criteria not met.")
    criteria_missing = serializers.IntegerField(help_text="Criteria that lack a value.")
    criteria_undetermined = serializers.IntegerField(
        help_text="Criteria that rest on a threshold nobody has set or could read."
    )
    measures_total = serializers.IntegerField(help_text="Values the set asks for.")
    measures_typed = serializers.IntegerField(help_text="Values present, carried ones included.")
    meets_all = serializers.BooleanField(
        help_text="All criteria are met. Being certified is a decision and another figure."
    )
    rests_on_unconfirmed = serializers.BooleanField(
        help_text="A threshold that decided was recalled, not read in its source."
    )


class AssessmentSerializer(serializers.Serializer[Assessment]):
    """One unit in one round, judged by one set of criteria."""

    id = serializers.IntegerField(help_text="Identifies the assessment in this portal.")
    unit = serializers.CharField(source="unit.code", help_text=UNIT_CODE)
    unit_name = serializers.CharField(source="unit.name", help_text="Vietnamese name of the unit.")
    round = serializers.CharField(source="round.code", help_text=ROUND_CODE)
    criteria_set = serializers.CharField(
        source="criteria_set.code", help_text="Code of the set of criteria."
    )
    status = serializers.ChoiceField(
        Assessment.Status.choices, help_text="How far the review of what was typed has come."
    )
    version = serializers.IntegerField(help_text="Counts the changes of this assessment.")
    updated_at = serializers.DateTimeField(help_text="Last change of a value or of the status.")
    submitted_at = serializers.DateTimeField(
        allow_null=True, help_text="Last time it was sent for review; null if never."
    )
    verified_at = serializers.DateTimeField(
        allow_null=True, help_text="Last time it was verified; null if never."
    )
    reported = serializers.SerializerMethodField(
        help_text="Outcome of the values as typed now, drafts included; null before it is judged."
    )
    verified = serializers.SerializerMethodField(
        help_text="Outcome of the values as last verified; null before the first time."
    )
    is_demonstration = serializers.BooleanField(
        source="round.is_demonstration", help_text=DEMONSTRATION
    )

    @extend_schema_field(OutcomeSerializer(allow_null=True))
    def get_reported(self, assessment: Assessment) -> dict[str, Any] | None:
        """Return the outcome of the values as typed."""
        return _outcome(assessment, Basis.REPORTED)

    @extend_schema_field(OutcomeSerializer(allow_null=True))
    def get_verified(self, assessment: Assessment) -> dict[str, Any] | None:
        """Return the outcome of the values as verified."""
        return _outcome(assessment, Basis.VERIFIED)


class ValueSerializer(serializers.Serializer[IndicatorValue]):
    """One number as typed, and the verdict on it."""

    measure = serializers.CharField(
        source="measure.code", help_text="Code of what is measured, unique in its set: 17.1a."
    )
    indicator = serializers.CharField(
        source="measure.indicator.code", help_text="Code of its indicator."
    )
    criterion = serializers.CharField(
        source="measure.indicator.criterion.code", help_text="Code of its criterion."
    )
    kind = serializers.ChoiceField(
        Measure.Kind.choices,
        source="measure.kind",
        help_text="What kind of number it is; yes and no are 1 and 0.",
    )
    measured_in = serializers.CharField(
        source="measure.unit", help_text="Unit of measurement, in Vietnamese; may be empty."
    )
    number = serializers.DecimalField(
        18,
        4,
        allow_null=True,
        normalize_output=True,
        help_text="The number as typed (basis reported); null when it was taken away or left out.",
    )
    is_not_assessed = serializers.BooleanField(
        help_text="Left out as typed, where the law lets the indicator not be assessed."
    )
    verified_number = serializers.DecimalField(
        18,
        4,
        allow_null=True,
        normalize_output=True,
        help_text="The number as last verified (basis verified); null if never, or left out.",
    )
    verified_is_not_assessed = serializers.BooleanField(
        help_text="Left out as last verified, where the law lets the indicator not be assessed."
    )
    verdict = serializers.ChoiceField(
        VerdictChoice.choices, help_text="The verdict on the number as typed."
    )
    comparator = serializers.ChoiceField(
        Measure.Comparator.choices,
        source="measure.comparator",
        help_text="How the number is compared with the threshold.",
    )
    threshold_value = serializers.DecimalField(
        18,
        4,
        source="threshold.value",
        allow_null=True,
        normalize_output=True,
        help_text="The threshold that applied, in the same unit; null where none is known.",
    )
    legal_ref = serializers.CharField(
        source="threshold.legal_ref",
        allow_null=True,
        help_text="Where the threshold comes from; null where none applied.",
    )
    confidence = serializers.ChoiceField(
        Confidence.choices,
        source="threshold.confidence",
        allow_null=True,
        help_text="How sure the portal is of the threshold; null where none applied.",
    )
    distance = serializers.DecimalField(
        18,
        4,
        allow_null=True,
        normalize_output=True,
        help_text="How much better than asked it is, in the same unit; below 0 falls short. "
        "Null: a number or a threshold lacks.",
    )
    is_carried = serializers.BooleanField(
        help_text="Carried from the round before and not yet confirmed."
    )
    late_reason = serializers.CharField(
        source="late.reason",
        allow_null=True,
        help_text="Why it was entered after its round had closed; null where it was in time.",
    )
    late_at = serializers.DateTimeField(
        source="late.at", allow_null=True, help_text="When that reason was given; null in time."
    )
    note = serializers.CharField(help_text="What the officer noted; may be empty.")
    version = serializers.IntegerField(help_text="Counts the changes of this value.")
    updated_at = serializers.DateTimeField(help_text="When it was last changed.")
    updated_by = serializers.CharField(
        source="updated_by.username",
        allow_null=True,
        help_text="User name of who changed it last; null when the portal did.",
    )


class AssessmentDetailSerializer(AssessmentSerializer):
    """An assessment with its values."""

    values = ValueSerializer(
        many=True, help_text="The values there are, in the order of the law; no row: never typed."
    )


def _outcome(assessment: Assessment, basis: str) -> dict[str, Any] | None:
    """Return one outcome of those that were loaded with the assessment."""
    found = (row for row in assessment.outcomes.all() if row.basis == basis)
    row = next(found, None)
    return None if row is None else dict(OutcomeSerializer(row).data)
