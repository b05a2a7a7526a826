"""Summaries and targets over the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)
from rest_framework.decorators import action
from rest_framework.response import Response

from communes import placements
from communes.change_models import Change
from communes.models import AdministrativeUnit
from communes.placements import OWN, TODAY
from communes.querysets import path_within
from criteria.models import ReportingRound
from criteria.models.assessments import Basis
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.formats import chosen_fields
from ntm_portal.lib.openapi import ProblemSerializer
from ntm_portal.lib.problems import PROBLEM_TYPE
from ntm_portal.lib.refusals import InvalidQuery, QueryProblem
from ntm_portal.lib.streaming import STREAMS, rows_in_format
from programme.api.carried_rows import CarriedRows, Loading
from programme.api.pending import Pending
from programme.api.present_map import PUBLISHED, CarriedListEndpoint, MapEndpoint
from programme.api.sdmx import MEDIA_TYPE, VERSION, SdmxRenderer, as_sdmx
from programme.api.serializers import SummarySerializer, TallySerializer, TargetSerializer
from programme.dashboard.paces import paces_of
from programme.dashboard.targets import standings_of
from programme.filters import StandingFilter, SummaryFilter, TallyFilter, TargetFilter
from programme.models import CriterionTally, Summary, Target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http.response import HttpResponseBase
    from rest_framework.request import Request

    from criteria.querysets import RoundQuerySet

Kind = Change.Kind
SDMX = (
    "The same as SDMX-CSV 2.0, a line for each counter: REF_AREA is the official code, INDICATOR "
    "the counter, OBS_STATUS A once the round is published, before that P (provisional)."
)
OWN_MAP = "Always the map of the round's own day: what was reported once stays as it was."


class SummaryEndpoint(CarriedListEndpoint[Summary]):
    """The counters of every unit within the area of the reader, by round and basis.

    Each round on the map of its own day; with `map=today` carried to the units of today's map.
    """

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
        pending = Pending(is_carried=self.is_of_today)
        return {**super().get_serializer_context(), "pending": pending}

    def carried(self, loading: Loading) -> CarriedRows:
        """Return the summaries on today's map."""
        return CarriedRows(sorted(loading.units), loading.summaries)

    @extend_schema(
        description=SDMX,
        responses={(200, MEDIA_TYPE): OpenApiTypes.STR},
        parameters=[OpenApiParameter("map", enum=[OWN], description=OWN_MAP)],
        filters=True,
    )
    @action(detail=False, url_path="sdmx", pagination_class=None, renderer_classes=[SdmxRenderer])
    def sdmx(self, request: Request) -> StreamingHttpResponse:
        """Stream the counters one by one."""
        if self.is_of_today:
            sentence = _("“%(name)s” is one of: %(allowed)s.") % {"name": "map", "allowed": OWN}
            raise InvalidQuery([QueryProblem("map", "invalid-choice", sentence, (OWN,))])
        lines = as_sdmx(self.filter_queryset(self.get_queryset()))
        return StreamingHttpResponse(lines, content_type=f"{MEDIA_TYPE}; version={VERSION}")


class TallyEndpoint(CarriedListEndpoint[CriterionTally]):
    """How many communes meet each criterion, for every unit within the area of the reader.

    Each round on the map of its own day; with `map=today` carried to the units of today's map.
    """

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

    def carried(self, loading: Loading) -> CarriedRows:
        """Return the tallies on today's map."""
        return CarriedRows(sorted(loading.units), loading.tallies)


ROUND = OpenApiParameter("round", description="Round to look at; without it the current one.")
MAP = OpenApiParameter("map", enum=[OWN, TODAY], description="Map on which it is shown.")
TARGETS = (
    "The targets set for units within the area of the reader, as they stand in one round. With "
    "`map=today` a target has a value only where today's unit is the one of the round's day."
)


NO_ROUND = {
    (409, PROBLEM_TYPE): OpenApiResponse(
        ProblemSerializer, "There is no round yet in which a target could stand."
    )
}


@extend_schema_view(
    list=extend_schema(
        description=TARGETS, responses={200: TargetSerializer(many=True)} | NO_ROUND
    ),
    retrieve=extend_schema(parameters=[ROUND, MAP], responses={200: TargetSerializer} | NO_ROUND),
)
class TargetEndpoint(MapEndpoint[Target]):
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
        is_carried = self._is_carried(round_)
        standings = standings_of(targets, round_, is_carried=is_carried)
        context = {
            **self.get_serializer_context(),
            "pending": Pending(is_carried=is_carried),
            "paces": paces_of(standings, self._rounds(), is_carried=is_carried),
            "computed_at": dict(computed.values_list("unit__code", "computed_at")),
        }
        return [TargetSerializer(standing, context=context).data for standing in standings]

    def _is_carried(self, round_: ReportingRound) -> bool:
        """Tell whether today's map is asked for, and is a later one than the round's."""
        if not self.is_of_today:
            return False
        since = placements.ensure(timezone.localdate()).from_day
        return since is not None and round_.reference_date < since

    def _round(self) -> ReportingRound:
        """Return the round asked for, if the reader may read its figures, or the current one."""
        rounds = self._rounds()
        if code := self.request.query_params.get("round"):
            return get_object_or_404(rounds, code=code)
        round_ = rounds.current()
        if round_ is None:
            raise DomainError(_("No round has been opened yet."), code="no-round")
        return round_

    def _rounds(self) -> RoundQuerySet:
        """Return the rounds whose figures the reader may read."""
        rounds = ReportingRound.objects.all()
        return rounds.filter(status=PUBLISHED) if self.is_anonymous else rounds
