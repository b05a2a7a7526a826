"""Rounds and what was reported in them, over the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch

from communes.api.endpoints import LedgerEndpoint
from communes.change_models import Change
from communes.querysets import path_within
from criteria.api.correcting_views import CorrectingMixin
from criteria.api.push_views import PushEndpoint
from criteria.api.serializers import (
    AssessmentDetailSerializer,
    AssessmentSerializer,
    RoundSerializer,
)
from criteria.api.value_serializers import ValueRowSerializer, VerdictSerializer
from criteria.filters import AssessmentFilter, RoundFilter
from criteria.models import Assessment, CriterionVerdict, IndicatorValue, ReportingRound
from criteria.value_filters import ValueFilter, VerdictFilter
from ntm_portal.lib.endpoints import OneRowMixin

if TYPE_CHECKING:
    from django.db.models import QuerySet

Kind = Change.Kind
VALUES = IndicatorValue.objects.select_related(
    "measure__indicator__criterion", "threshold", "updated_by", "late"
).order_by(
    "measure__indicator__criterion__position", "measure__indicator__position", "measure__position"
)


class RoundEndpoint(OneRowMixin, LedgerEndpoint[ReportingRound]):
    """The reporting rounds; everybody who signs in may read them."""

    queryset = ReportingRound.objects.all()
    serializer_class = RoundSerializer
    filterset_class = RoundFilter
    lookup_field = "code"
    follows = (Kind.ROUND,)
    is_public = True

    def published(self, rows: QuerySet[ReportingRound]) -> QuerySet[ReportingRound]:
        """Keep the rounds that are published."""
        return rows.filter(status=ReportingRound.Status.PUBLISHED)


class AssessmentEndpoint(CorrectingMixin, OneRowMixin, LedgerEndpoint[Assessment]):
    """What was reported for each commune in each round, within the area of the reader."""

    queryset = Assessment.objects.none()
    filterset_class = AssessmentFilter
    lookup_value_regex = "[0-9]+"
    follows = (Kind.ASSESSMENT, Kind.ROUND, Kind.UNIT, Kind.THRESHOLD)
    written = Kind.ASSESSMENT

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


class ValueEndpoint(PushEndpoint):
    """Every value within the area of the reader, with its verdict and the rule behind it."""

    serializer_class = ValueRowSerializer
    filterset_class = ValueFilter
    follows = (Kind.ASSESSMENT, Kind.ROUND, Kind.UNIT, Kind.THRESHOLD)

    def get_queryset(self) -> QuerySet[IndicatorValue]:
        """Start from the area of the reader."""
        return IndicatorValue.objects.filter(path_within(self.readable, "assessment__unit__path"))


class VerdictEndpoint(LedgerEndpoint[CriterionVerdict]):
    """The verdict on every criterion within the area of the reader, on both bases."""

    serializer_class = VerdictSerializer
    filterset_class = VerdictFilter
    follows = (Kind.ASSESSMENT, Kind.ROUND, Kind.UNIT, Kind.THRESHOLD)

    def get_queryset(self) -> QuerySet[CriterionVerdict]:
        """Start from the area of the reader."""
        place = "outcome__assessment__unit__path"
        return CriterionVerdict.objects.filter(path_within(self.readable, place))
