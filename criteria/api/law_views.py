"""The law over the API: sets, measures, thresholds, and which of them prevails where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from communes.api.endpoints import LedgerEndpoint
from communes.change_models import Change
from communes.models import AdministrativeUnit
from communes.paths import is_nation, province_code_of
from criteria.api.law_serializers import (
    CriteriaSetSerializer,
    MeasureSerializer,
    ResolvedSerializer,
    ThresholdSerializer,
)
from criteria.assessment.resolving import resolved
from criteria.law_filters import CriteriaSetFilter, MeasureFilter, ResolvedFilter, ThresholdFilter
from criteria.models import CriteriaSet, Measure, Threshold
from ntm_portal.lib.endpoints import OneRowMixin

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from rest_framework.request import Request

Kind = Change.Kind
ON = OpenApiParameter("on", OpenApiTypes.DATE, description="On this day; without it today.")
SET = OpenApiParameter(
    "criteria_set", description="Criteria set, by its code; without it the one in force."
)


class CriteriaSetEndpoint(OneRowMixin, LedgerEndpoint[CriteriaSet]):
    """The sets of criteria: the law binds everybody, so everybody may read it."""

    queryset = CriteriaSet.objects.all()
    serializer_class = CriteriaSetSerializer
    filterset_class = CriteriaSetFilter
    lookup_field = "code"
    follows = (Kind.CRITERIA_SET,)
    is_public = True


class MeasureEndpoint(LedgerEndpoint[Measure]):
    """What each set asks for, number by number, in every version."""

    queryset = Measure.objects.all()
    serializer_class = MeasureSerializer
    filterset_class = MeasureFilter
    follows = (Kind.CRITERIA_SET,)
    is_public = True


class ThresholdEndpoint(LedgerEndpoint[Threshold]):
    """Every level the law or a province states; which one prevails: units/CODE/thresholds/."""

    serializer_class = ThresholdSerializer
    filterset_class = ThresholdFilter
    follows = (Kind.THRESHOLD, Kind.CRITERIA_SET)
    is_public = True

    def get_queryset(self) -> QuerySet[Threshold]:
        """Start from the national ones and from those of provinces the reader may read in."""
        if any(map(is_nation, self.readable)):
            return Threshold.objects.all()
        codes = set(map(province_code_of, self.readable))
        return Threshold.objects.filter(Q(province_code="") | Q(province_code__in=codes))


class ResolvedThresholdEndpoint(LedgerEndpoint[AdministrativeUnit]):
    """The thresholds that prevail for one unit on one day, as the portal judges by them."""

    queryset = AdministrativeUnit.objects.all()
    serializer_class = ResolvedSerializer
    filterset_class = ResolvedFilter
    pagination_class = None
    follows = (Kind.THRESHOLD, Kind.CRITERIA_SET, Kind.DESIGNATION, Kind.UNIT)
    depends_on_day = True
    is_public = True

    @extend_schema(responses=ResolvedSerializer(many=True), parameters=[ON, SET], filters=False)
    def list(self, request: Request, *_args: Any, **kwargs: Any) -> Response:
        """Return a row for each measure, in the order of the law."""
        asked = self.asked()
        day: date = asked.get("on") or timezone.localdate()
        versions = AdministrativeUnit.objects.within(self.readable).on(day)
        unit = versions.filter(code=kwargs["code"]).first()
        if unit is None:
            raise Http404
        criteria_set = asked.get("criteria_set") or _in_force(unit, day)
        rows = resolved(criteria_set, unit, day) if criteria_set else ()
        return Response(ResolvedSerializer(rows, many=True).data)

    def asked(self) -> dict[str, Any]:  # what the filters read: a day and a set
        """Return the day and the set that the query names; what it cannot name is refused."""
        self.filter_queryset(self.get_queryset())
        filterset = ResolvedFilter(self.request.query_params, AdministrativeUnit.objects.none())
        return filterset.form.cleaned_data if filterset.is_valid() else {}


def _in_force(unit: AdministrativeUnit, day: date) -> CriteriaSet | None:
    return CriteriaSet.objects.in_force(day, level=unit.level).first()
