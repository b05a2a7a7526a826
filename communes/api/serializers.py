"""Units of the map as other systems read them; every field says what it holds."""

from __future__ import annotations

from django.db.models import Case, Value, When
from rest_framework import serializers

from communes.models import AdministrativeUnit, Designation, Succession
from ntm_portal.lib.tables import Computed

Unit = AdministrativeUnit


class UnitSerializer(serializers.Serializer[AdministrativeUnit]):
    """One version of an administrative unit."""

    computed = {
        "is_in_programme": Computed(
            ("kind",),
            lambda _context, kind: kind == Unit.Kind.COMMUNE,
            lambda _context: Case(
                When(kind=Unit.Kind.COMMUNE, then=Value("true")), default=Value("false")
            ),
        )
    }

    code = serializers.CharField(
        help_text="Official code (General Statistics Office); VN: the nation. A text: 01 is not 1."
    )
    name = serializers.CharField(help_text="Official name, in Vietnamese.")
    name_en = serializers.CharField(help_text="Name in English; may be empty.")
    kind = serializers.ChoiceField(Unit.Kind.choices, help_text="What kind of unit it is.")
    level = serializers.ChoiceField(Unit.Level.choices, help_text="Its level on the map.")
    is_in_programme = serializers.BooleanField(
        help_text="The programme judges it: true for communes (xã)."
    )
    parent = serializers.CharField(  # type: ignore[assignment]  # a field, not what holds this one
        source="parent.code",
        allow_null=True,
        help_text="Official code of the unit above; null for the nation.",
    )
    path = serializers.CharField(
        help_text="Codes from the nation down to the unit: /VN/62/608/23329/."
    )
    region = serializers.CharField(
        source="region.code",
        allow_null=True,
        help_text="Code of its socio-economic region; null for the nation.",
    )
    valid_from = serializers.DateField(
        allow_null=True, help_text="First day of this version; null: not known here."
    )
    valid_to = serializers.DateField(
        allow_null=True, help_text="Last day of this version; null while it is in force."
    )
    population = serializers.IntegerField(allow_null=True, help_text="Inhabitants; null: unknown.")
    households = serializers.IntegerField(allow_null=True, help_text="Households; null: unknown.")
    area_km2 = serializers.DecimalField(
        10, 2, allow_null=True, help_text="Area in km², to two places; null: unknown."
    )
    longitude = serializers.DecimalField(
        8, 5, allow_null=True, help_text="Degrees east (WGS 84) of its middle; null: unknown."
    )
    latitude = serializers.DecimalField(
        8, 5, allow_null=True, help_text="Degrees north (WGS 84) of its middle; null: unknown."
    )


class SuccessionSerializer(serializers.Serializer[Succession]):
    """Which unit became which."""

    predecessor = serializers.CharField(
        source="predecessor.code", help_text="Official code of the unit that ended."
    )
    predecessor_name = serializers.CharField(
        source="predecessor.name", help_text="Its name, in Vietnamese."
    )
    predecessor_valid_from = serializers.DateField(
        source="predecessor.valid_from",
        allow_null=True,
        help_text="Which version of it: its first day; null: not known here.",
    )
    successor = serializers.CharField(
        source="successor.code", help_text="Official code of the unit it became, or a part of it."
    )
    successor_name = serializers.CharField(
        source="successor.name", help_text="Its name, in Vietnamese."
    )
    successor_valid_from = serializers.DateField(
        source="successor.valid_from",
        allow_null=True,
        help_text="Which version of it: its first day; null: not known here.",
    )
    kind = serializers.ChoiceField(
        Succession.Kind.choices, help_text="What happened to the unit that ended."
    )
    effective_date = serializers.DateField(help_text="First day of the unit that follows.")
    legal_ref = serializers.CharField(help_text="The resolution, as official texts cite it.")


class DesignationSerializer(serializers.Serializer[Designation]):
    """A standing that the law gives a unit for a time."""

    unit = serializers.CharField(source="unit.code", help_text="Official code of the unit.")
    unit_name = serializers.CharField(source="unit.name", help_text="Its name, in Vietnamese.")
    kind = serializers.ChoiceField(
        Designation.Kind.choices, help_text="Which standing: thresholds and focus groups read it."
    )
    valid_from = serializers.DateField(help_text="First day of it.")
    valid_to = serializers.DateField(
        allow_null=True, help_text="Last day of it; null while it is in force."
    )
    legal_ref = serializers.CharField(help_text="The decision, as official texts cite it.")
