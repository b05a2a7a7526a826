"""Decisions of recognition over the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework import serializers

from communes.api.endpoints import LedgerEndpoint
from communes.change_models import Change
from communes.models import AdministrativeUnit
from criteria.api.serializers import DEMONSTRATION, UNIT_CODE
from criteria.models import Recognition
from criteria.recognition_filters import RecognitionFilter
from ntm_portal.lib.endpoints import OneRowMixin

if TYPE_CHECKING:
    from django.db.models import QuerySet

Kind = Change.Kind


class RecognitionSerializer(serializers.Serializer[Recognition]):
    """A decision that a unit meets a standard, and how it ended."""

    id = serializers.IntegerField(help_text="Identifies the recognition in this portal.")
    unit = serializers.CharField(source="unit.code", help_text=UNIT_CODE)
    unit_name = serializers.CharField(source="unit.name", help_text="Vietnamese name of the unit.")
    level = serializers.ChoiceField(
        AdministrativeUnit.Level.choices, source="unit.level", help_text="Its level on the map."
    )
    standard = serializers.ChoiceField(
        Recognition.Standard.choices, help_text="Which standard it was recognised for."
    )
    standard_year = serializers.IntegerField(
        help_text="The year for which the standard was reached; the decision may be later."
    )
    decision_number = serializers.CharField(help_text="Number of the decision.")
    decision_date = serializers.DateField(help_text="First day in force.")
    authority = serializers.CharField(help_text="Who decided, in Vietnamese.")
    merger_status = serializers.ChoiceField(
        ["", *Recognition.MergerStatus.values],
        help_text="How the title came through a merger; empty where there was none.",
    )
    revoked_on = serializers.DateField(
        allow_null=True,
        help_text="The day it ended: revoked, replaced or lost by a merger; null: in force.",
    )
    revoked_by_decision = serializers.CharField(
        help_text="Number of the decision that ended it; empty while it is in force."
    )
    recorded_at = serializers.DateTimeField(help_text="When it was entered here.")
    is_demonstration = serializers.BooleanField(help_text=DEMONSTRATION)


class RecognitionEndpoint(OneRowMixin, LedgerEndpoint[Recognition]):
    """Decisions of recognition of units within the area of the reader."""

    queryset = Recognition.objects.none()
    serializer_class = RecognitionSerializer
    filterset_class = RecognitionFilter
    lookup_value_regex = "[0-9]+"
    follows = (Kind.RECOGNITION, Kind.UNIT)
    is_public = True

    def get_queryset(self) -> QuerySet[Recognition]:
        """Start from the area of the reader."""
        return Recognition.objects.within(self.readable).select_related("unit")
