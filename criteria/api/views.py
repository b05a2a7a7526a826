"""Rounds and assessments over the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin

from criteria.api.serializers import (
    AssessmentDetailSerializer,
    AssessmentSerializer,
    RoundSerializer,
)
from criteria.filters import AssessmentFilter, RoundFilter
from criteria.models import Assessment, IndicatorValue, ReportingRound
from ntm_portal.lib.endpoints import ReadEndpoint

if TYPE_CHECKING:
    from django.db.models import QuerySet

VALUES = IndicatorValue.objects.select_related(
    "measure__indicator__criterion", "threshold", "updated_by"
).order_by(
    "measure__indicator__criterion__position", "measure__indicator__position", "measure__position"
)


class RoundEndpoint(ListModelMixin, RetrieveModelMixin, ReadEndpoint[ReportingRound]):
    """The reporting rounds; everybody who signs in may read them."""

    queryset = ReportingRound.objects.all()
    serializer_class = RoundSerializer
    filterset_class = RoundFilter
    lookup_field = "code"


class AssessmentEndpoint(ListModelMixin, RetrieveModelMixin, ReadEndpoint[Assessment]):
    """What was reported for each commune in each round, within the area of the reader."""

    filterset_class = AssessmentFilter
    lookup_value_regex = "[0-9]+"

    def get_queryset(self) -> QuerySet[Assessment]:
        """Start from the area of the reader; load the values only for one."""
        readable = Assessment.objects.within(self.readable)
        loaded = readable.select_related("unit", "round", "criteria_set")
        if self.detail:
            loaded = loaded.prefetch_related(Prefetch("values", VALUES))
        return loaded.prefetch_related("outcomes")

    def get_serializer_class(self) -> type[AssessmentSerializer]:
        """Show the values only for one."""
        return AssessmentDetailSerializer if self.detail else AssessmentSerializer
