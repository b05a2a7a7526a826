"""Values and verdicts as rows of their own, each with its unit and round."""

from __future__ import annotations

from rest_framework import serializers

from criteria.api.serializers import DEMONSTRATION, ROUND_CODE, UNIT_CODE, ValueSerializer
from criteria.models import CriterionVerdict
from criteria.models.assessments import Assessment, Basis, VerdictChoice

AS_OF = "Reference date of the round: the day the figures are of."


class ValueRowSerializer(ValueSerializer):
    """One value with where and when it is of."""

    assessment = serializers.IntegerField(
        source="assessment_id", help_text="Identifies its assessment in this portal."
    )
    unit = serializers.CharField(source="assessment.unit.code", help_text=UNIT_CODE)
    unit_name = serializers.CharField(
        source="assessment.unit.name", help_text="Vietnamese name of the unit."
    )
    round = serializers.CharField(source="assessment.round.code", help_text=ROUND_CODE)
    as_of = serializers.DateField(source="assessment.round.reference_date", help_text=AS_OF)
    status = serializers.ChoiceField(
        Assessment.Status.choices,
        source="assessment.status",
        help_text="How far the review of its assessment has come.",
    )
    is_demonstration = serializers.BooleanField(
        source="assessment.round.is_demonstration", help_text=DEMONSTRATION
    )


class VerdictSerializer(serializers.Serializer[CriterionVerdict]):
    """The verdict on one criterion for one unit in one round, on one basis."""

    assessment = serializers.IntegerField(
        source="outcome.assessment_id", help_text="Identifies its assessment in this portal."
    )
    unit = serializers.CharField(source="outcome.assessment.unit.code", help_text=UNIT_CODE)
    unit_name = serializers.CharField(
        source="outcome.assessment.unit.name", help_text="Vietnamese name of the unit."
    )
    round = serializers.CharField(source="outcome.assessment.round.code", help_text=ROUND_CODE)
    as_of = serializers.DateField(source="outcome.assessment.round.reference_date", help_text=AS_OF)
    basis = serializers.ChoiceField(
        Basis.choices,
        source="outcome.basis",
        help_text="reported: values as typed now, drafts included. verified: as last verified.",
    )
    criteria_set = serializers.CharField(
        source="outcome.assessment.criteria_set.code", help_text="Code of the set of criteria."
    )
    criterion = serializers.CharField(
        source="criterion.code", help_text="Code of the criterion, unique in its set."
    )
    criterion_name = serializers.CharField(
        source="criterion.name", help_text="Its name, in Vietnamese."
    )
    verdict = serializers.ChoiceField(
        VerdictChoice.choices,
        help_text="met, not_met, missing (a value lacks), undetermined (no threshold is known), "
        "not_applicable. The rules are in values/, one for each number.",
    )
    is_demonstration = serializers.BooleanField(
        source="outcome.assessment.round.is_demonstration", help_text=DEMONSTRATION
    )
