"""Summaries and targets over the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.mixins import ListModelMixin
from rest_framework.response import Response

from communes.models import AdministrativeUnit
from communes.querysets import path_within
from criteria.models import ReportingRound
from criteria.models.assessments import Basis
from ntm_portal.lib.endpoints import ReadEndpoint
from ntm_portal.lib.errors import DomainError
from programme.api.pending import Pending
from programme.api.serializers import SummarySerializer, TargetSerializer
from programme.dashboard.targets import standings_of
from programme.filters import StandingFilter, SummaryFilter, TargetFilter
from programme.models import Summary, Target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from rest_framework.request import Request


class SummaryEndpoint(ListModelMixin, ReadEndpoint[Summary]):
    """The counters of every unit within the area of the reader, by round and basis."""

    serializer_class = SummarySerializer
    filterset_class = SummaryFilter

    def get_queryset(self) -> QuerySet[Summary]:
        """Start from the area of the reader."""
        readable = Summary.objects.filter(path_within(self.readable, "unit__path"))
        return readable.select_related("unit", "round")

    def get_serializer_context(self) -> dict[str, Any]:
        """Hand over what the rows wait for."""
        return {**super().get_serializer_context(), "pending": Pending()}


ROUND = OpenApiParameter("round", description="Round to look at; without it the current one.")
TARGETS = "The targets set for units within the area of the reader, as they stand in one round."


@extend_schema_view(
    list=extend_schema(description=TARGETS), retrieve=extend_schema(parameters=[ROUND])
)
class TargetEndpoint(ReadEndpoint[Target]):
    """The targets of units within the area of the reader, as they stand in one round."""

    serializer_class = TargetSerializer
    filterset_class = TargetFilter
    detail_filterset_class = StandingFilter
    lookup_field = "code"

    def get_queryset(self) -> QuerySet[Target]:
        """Start from the area of the reader: national targets are for those who read the nation."""
        readable = AdministrativeUnit.objects.within(self.readable)
        return Target.objects.filter(unit_code__in=readable.values("code"))

    def list(self, request: Request) -> Response:
        """Return a page of the targets with their values in the round asked for."""
        targets = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self._standings(targets or []))

    def retrieve(self, request: Request, code: str) -> Response:
        """Return one target with its value in the round asked for."""
        return Response(self._standings([self.get_object()])[0])

    def _standings(self, targets: Sequence[Target]) -> Sequence[dict[str, Any]]:
        round_ = self._round()
        computed = Summary.objects.filter(
            round=round_,
            basis=Basis.REPORTED,
            unit__code__in={target.unit_code for target in targets},
        )
        context = {
            **self.get_serializer_context(),
            "pending": Pending(),
            "computed_at": dict(computed.values_list("unit__code", "computed_at")),
        }
        standings = standings_of(targets, round_)
        return [TargetSerializer(standing, context=context).data for standing in standings]

    def _round(self) -> ReportingRound:
        """Return the round asked for, which the filters have found to exist, or the current one."""
        code = self.request.query_params.get("round")
        rounds = ReportingRound.objects
        round_ = rounds.filter(code=code).first() if code else rounds.all().current()
        if round_ is None:
            raise DomainError(_("No round has been opened yet."), code="no-round")
        return round_
