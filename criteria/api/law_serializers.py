"""The law as other systems read it: sets, what they ask, and the thresholds that hold."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from communes.models import Designation
from criteria.api.serializers import DEMONSTRATION
from criteria.models import CriteriaSet, Indicator, Measure, Threshold
from criteria.models.sets import Confidence

SET_CODE = "Code of the set of criteria."
MEASURED_IN = "Unit of measurement, in Vietnamese; may be empty."
CONFIDENCE = "read: in a named source. unconfirmed: recalled. unknown: nobody here could read it."
LEVEL = "The level the law asks for, in the unit of the measure; null where none is known or asked."


class CriteriaSetSerializer(serializers.Serializer[CriteriaSet]):
    """A set of criteria as one decision issued it."""

    code = serializers.CharField(help_text=SET_CODE)
    name = serializers.CharField(help_text="Its name, in Vietnamese.")
    name_en = serializers.CharField(help_text="Its name in English; may be empty.")
    level = serializers.ChoiceField(
        CriteriaSet.Level.choices, help_text="For which level of units it is."
    )
    standard = serializers.ChoiceField(
        CriteriaSet.Standard.choices, help_text="Which standard it defines."
    )
    legal_basis = serializers.JSONField(help_text="The decisions it rests on, as a list.")
    valid_from = serializers.DateField(
        allow_null=True, help_text="First day in force; null: nobody here could read it."
    )
    valid_to = serializers.DateField(
        allow_null=True, help_text="Last day in force; null while it is."
    )
    is_complete = serializers.BooleanField(
        help_text="False: not all its indicators could be read, so it is never met."
    )


class MeasureSerializer(serializers.Serializer[Measure]):
    """What is typed for an indicator: one number or answer, with its criterion and set."""

    criteria_set = serializers.CharField(
        source="indicator.criterion.criteria_set.code", help_text=SET_CODE
    )
    criterion = serializers.CharField(
        source="indicator.criterion.code", help_text="Code of its criterion, unique in its set."
    )
    criterion_name = serializers.CharField(
        source="indicator.criterion.name", help_text="Name of its criterion, in Vietnamese."
    )
    indicator = serializers.CharField(
        source="indicator.code", help_text="Code of its indicator, as the decision prints it."
    )
    indicator_name = serializers.CharField(
        source="indicator.name", help_text="The text of the indicator, in Vietnamese."
    )
    code = serializers.CharField(help_text="Code of what is measured, unique in its set: 17.1a.")
    name = serializers.CharField(help_text="What is measured, in Vietnamese.")
    name_en = serializers.CharField(help_text="The same in English; may be empty.")
    kind = serializers.ChoiceField(
        Measure.Kind.choices, help_text="What kind of number it is; yes and no are 1 and 0."
    )
    measured_in = serializers.CharField(source="unit", help_text=MEASURED_IN)
    comparator = serializers.ChoiceField(
        Measure.Comparator.choices, help_text="How the number is compared with the threshold."
    )
    delegated_to = serializers.ChoiceField(
        ["", *Indicator.Delegation.values],
        source="indicator.delegated_to",
        help_text="Who sets the level where the law leaves it open; empty: the law itself does.",
    )
    valid_from = serializers.DateField(
        allow_null=True, help_text="First day of this version; null: since the set is in force."
    )
    valid_to = serializers.DateField(
        allow_null=True, help_text="Last day of this version; null while it is in force."
    )


class ThresholdSerializer(serializers.Serializer[Threshold]):
    """A level the law asks for, and for whom; an empty axis is for everybody."""

    id = serializers.IntegerField(help_text="Identifies the threshold in this portal.")
    criteria_set = serializers.CharField(
        source="measure.indicator.criterion.criteria_set.code", help_text=SET_CODE
    )
    measure = serializers.CharField(
        source="measure.code", help_text="Code of what is measured, unique in its set."
    )
    comparator = serializers.ChoiceField(
        Measure.Comparator.choices,
        source="measure.comparator",
        help_text="How a number is compared with the level.",
    )
    value = serializers.DecimalField(18, 4, allow_null=True, normalize_output=True, help_text=LEVEL)
    measured_in = serializers.CharField(source="measure.unit", help_text=MEASURED_IN)
    region = serializers.CharField(
        source="region_code", help_text="For communes of this region; empty: any."
    )
    province = serializers.CharField(
        source="province_code", help_text="For communes of this province; empty: any."
    )
    designation = serializers.ChoiceField(
        ["", *Designation.Kind.values], help_text="For communes with this standing; empty: any."
    )
    commune_group = serializers.CharField(help_text="For communes of this group; empty: any.")
    from_year = serializers.IntegerField(help_text="First year; 0: any.")
    to_year = serializers.IntegerField(help_text="Last year; 9999: any.")
    is_exempt = serializers.BooleanField(help_text="The law asks nothing here.")
    legal_ref = serializers.CharField(help_text="Where it stands, as official texts cite it.")
    confidence = serializers.ChoiceField(Confidence.choices, help_text=CONFIDENCE)
    valid_from = serializers.DateField(
        allow_null=True, help_text="First day of it; null: since the set is in force."
    )
    valid_to = serializers.DateField(
        allow_null=True, help_text="Last day of it; null while it is in force."
    )
    is_demonstration = serializers.BooleanField(help_text=DEMONSTRATION)


class ResolvedSerializer(serializers.Serializer[Any]):  # rows that are worked out, not stored
    """The threshold that prevails for one measure, one unit and one day."""

    unit = serializers.CharField(help_text="Official code of the unit.")
    on = serializers.DateField(help_text="The day that was asked about.")
    criteria_set = serializers.CharField(help_text=SET_CODE)
    criterion = serializers.CharField(help_text="Code of the criterion, unique in its set.")
    measure = serializers.CharField(help_text="Code of what is measured, unique in its set.")
    comparator = serializers.ChoiceField(
        Measure.Comparator.choices, help_text="How a number is compared with the level."
    )
    value = serializers.DecimalField(18, 4, allow_null=True, normalize_output=True, help_text=LEVEL)
    measured_in = serializers.CharField(help_text=MEASURED_IN)
    is_exempt = serializers.BooleanField(help_text="The law asks nothing of this unit here.")
    legal_ref = serializers.CharField(
        allow_null=True, help_text="Where the level stands; null where none applies."
    )
    confidence = serializers.ChoiceField(
        Confidence.choices, allow_null=True, help_text=CONFIDENCE + " Null where none applies."
    )
    rule = serializers.SerializerMethodField(
        help_text="Id of the threshold in thresholds/; null where none applies."
    )

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_rule(self, row: Any) -> int | None:
        """Return the key of the rule."""
        found: int | None = row["rule"]
        return found
