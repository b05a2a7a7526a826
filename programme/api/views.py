"""Summaries and targets over the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.response import Response

from communes.api.endpoints import LedgerEndpoint
from communes.change_models import Change
from communes.models import AdministrativeUnit
from communes.querysets import path_within
from criteria.models import ReportingRound
from criteria.models.assessments import Basis
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.formats import chosen_fields
from ntm_portal.lib.streaming import STREAMS, rows_in_format
from programme.api.pending import Pending
from programme.api.serializers import SummarySerializer, TallySerializer, TargetSerializer
from programme.dashboard.targets import standings_of
from programme.filters import StandingFilter, SummaryFilter, TallyFilter, TargetFilter
from programme.models import CriterionTally, Summary, Target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http.response import HttpResponseBase
    from rest_framework.request import Request

Kind = Change.Kind
PUBLISHED = ReportingRound.Status.PUBLISHED


class SummaryEndpoint(LedgerEndpoint[Summary]):
    """The counters of every unit within the area of the reader, by round and basis."""

    serializer_class = SummarySerializer
    filterset_class = SummaryFilter
    follows = (Kind.SUMMARY, Kind.ROUND, Kind.UNIT)
    shows_pending = True
    is_public = True

    def get_queryset(self) -> QuerySet[Summary]:
        """Start from the area of the reader."""
        return Summary.objects.filter(path_within(self.readable, "unit__path"))

    def published(self, rows: QuerySet[Summary]) -> QuerySet[Summary]:
        """Keep the rounds that are published."""
        return rows.filter(round__status=PUBLISHED)

    def get_serializer_context(self) -> dict[str, Any]:
        """Hand over what the rows wait for."""
        return {**super().get_serializer_context(), "pending": Pending()}


class TallyEndpoint(LedgerEndpoint[CriterionTally]):
    """How many communes meet each criterion, for every unit within the area of the reader."""

    serializer_class = TallySerializer
    filterset_class = TallyFilter
    follows = (Kind.SUMMARY, Kind.ROUND, Kind.UNIT)
    is_public = True

    def get_queryset(self) -> QuerySet[CriterionTally]:
        """Start from the area of the reader."""
        return CriterionTally.objects.filter(path_within(self.readable, "unit__path"))

    def published(self, rows: QuerySet[CriterionTally]) -> QuerySet[CriterionTally]:
        """Keep the rounds that are published."""
        return rows.filter(round__status=PUBLISHED)


ROUND = OpenApiParameter("round", description="Round to look at; without it the current one.")
TARGETS = "The targets set for units within the area of the reader, as they stand in one round."


@extend_schema_view(
    list=extend_schema(description=TARGETS), retrieve=extend_schema(parameters=[ROUND])
)
class TargetEndpoint(LedgerEndpoint[Target]):
    """The targets of units within the area of the reader, as they stand in one round."""

    serializer_class = TargetSerializer
    filterset_class = TargetFilter
    detail_filterset_class = StandingFilter
    lookup_field = "code"
    follows = (Kind.TARGET, Kind.SUMMARY, Kind.ROUND, Kind.UNIT)
    shows_pending = True
    is_public = True

    def get_queryset(self) -> QuerySet[Target]:
        """Start from the area of the reader: national targets are for those who read the nation."""
        readable = AdministrativeUnit.objects.within(self.readable)
        return Target.objects.filter(unit_code__in=readable.values("code"))

    def list(self, request: Request, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        """Return the targets with their values in the round asked for, in any format."""
        targets = self.filter_queryset(self.get_queryset())
        names = chosen_fields(request, [*TargetSerializer().fields])
        if request.accepted_renderer.format in STREAMS:
            return rows_in_format(request, self._standings(list(targets)), names)
        rows = self._standings(self.paginate_queryset(targets) or [])
        return self.get_paginated_response([{name: row[name] for name in names} for row in rows])

    def retrieve(self, request: Request, code: str) -> Response:
        """Return one target with its value in the round asked for."""
        names = chosen_fields(request, [*TargetSerializer().fields])
        row = self._standings([self.get_object()])[0]
        return Response({name: row[name] for name in names})

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
        rounds = ReportingRound.objects.all()
        if self.is_anonymous:
            rounds = rounds.filter(status=PUBLISHED)
        round_ = rounds.filter(code=code).first() if code else rounds.current()
        if round_ is None:
            raise DomainError(_("No round has been opened yet."), code="no-round")
        return round_
