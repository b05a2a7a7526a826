"""The register of cooperatives as other systems read it; every field says what it holds."""

from __future__ import annotations

from rest_framework import serializers

from cooperatives.models import Cooperative, YearlyReturn

UNIT_CODE = "Official code of the commune (General Statistics Office)."


class CooperativeSerializer(serializers.Serializer[Cooperative]):
    """An agricultural cooperative or a union of them."""

    id = serializers.IntegerField(help_text="Identifies the cooperative in this portal.")
    name = serializers.CharField(help_text="Name, in Vietnamese.")
    kind = serializers.CharField(help_text="cooperative or union.")
    sector = serializers.CharField(
        help_text="crops, livestock, forestry, fishery, salt, water or mixed; may be empty."
    )
    unit = serializers.CharField(source="commune.code", help_text=UNIT_CODE)
    unit_name = serializers.CharField(source="commune.name", help_text="Its name, in Vietnamese.")
    tax_code = serializers.CharField(help_text="Tax code; may be empty.")
    registered_under = serializers.CharField(help_text="The law, in Vietnamese.")
    registered_on = serializers.DateField(help_text="First day.")
    suspended_on = serializers.DateField(
        allow_null=True, help_text="Does not work since; null: it works, or has ended."
    )
    dissolved_on = serializers.DateField(
        allow_null=True, help_text="The day it ended: dissolved or merged; null: it has not."
    )
    successor = serializers.IntegerField(
        source="successor_id", allow_null=True, help_text="Merged into this one; null: it was not."
    )
    members = serializers.IntegerField(allow_null=True, help_text="Members; null: unknown.")
    women_members = serializers.IntegerField(
        allow_null=True, help_text="Women among them; null: unknown."
    )
    capital_million_vnd = serializers.DecimalField(
        14, 2, allow_null=True, help_text="Capital, million đồng; null: unknown."
    )
    land_ha = serializers.DecimalField(
        10, 2, allow_null=True, help_text="Land, hectares; null: unknown."
    )
    uses_high_technology = serializers.BooleanField(help_text="Uses high technology.")
    is_demonstration = serializers.BooleanField(
        help_text="True when the row is invented for demonstration."
    )


class ReturnSerializer(serializers.Serializer[YearlyReturn]):
    """A yearly return that was sent, rated by the rule of its year; size stands apart."""

    id = serializers.IntegerField(help_text="Identifies the return in this portal.")
    cooperative = serializers.IntegerField(source="cooperative_id", help_text="Whose it is.")
    unit = serializers.CharField(source="cooperative.commune.code", help_text=UNIT_CODE)
    year = serializers.IntegerField(help_text="The year it is of.")
    status = serializers.CharField(help_text="submitted or verified.")
    score = serializers.DecimalField(
        5, 2, allow_null=True, help_text="Score of 100; null where the rule rates no such year."
    )
    rating = serializers.CharField(help_text="good, fair, average, weak or not_rated.")
    rule = serializers.CharField(
        source="rule_code", help_text="The rule of the rating; empty: no rule is known."
    )
    is_effective = serializers.BooleanField(
        help_text="Works effectively, by the rule `effective_rule`."
    )
    effective_rule = serializers.CharField(
        source="effective_rule_code", help_text="What “effective” means; empty: not known."
    )
    size = serializers.CharField(
        help_text="large, medium, small or micro; empty where no rule or figure tells it."
    )
    members = serializers.IntegerField(allow_null=True, help_text="Members; null: not stated.")
    revenue_million_vnd = serializers.DecimalField(
        14, 2, allow_null=True, help_text="Revenue, million đồng; null: not stated."
    )
    capital_million_vnd = serializers.DecimalField(
        14, 2, allow_null=True, help_text="Total capital, million đồng; null: not stated."
    )
    is_demonstration = serializers.BooleanField(
        source="cooperative.is_demonstration",
        help_text="True when the cooperative is invented for demonstration.",
    )
