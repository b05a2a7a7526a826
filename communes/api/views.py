"""The map over the API: units, what became of them, and what standing the law gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.http import Http404, StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.decorators import action

from communes.api.endpoints import LedgerEndpoint
from communes.api.geojson import COLUMNS, MEDIA_TYPE, as_geojson
from communes.api.serializers import DesignationSerializer, SuccessionSerializer, UnitSerializer
from communes.change_models import Change
from communes.filters import DesignationFilter, SuccessionFilter, UnitDayFilter, UnitFilter
from communes.models import AdministrativeUnit, Designation, Succession
from communes.querysets import path_within
from ntm_portal.lib.endpoints import OneRowMixin
from ntm_portal.lib.tables import CHUNK

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from rest_framework.request import Request

Kind = Change.Kind
ON = OpenApiParameter(
    "on", OpenApiTypes.DATE, description="The version in force on this day; without it the latest."
)
GEOJSON = (
    "The units that the query leaves, as GeoJSON: the outline where one is loaded (`MultiPolygon`, "
    "with the attribution of its maker), else a point where one is known, else null."
)


@extend_schema_view(retrieve=extend_schema(parameters=[ON]))
class UnitEndpoint(OneRowMixin, LedgerEndpoint[AdministrativeUnit]):
    """Units of the map within the area of the reader: all versions, or those of the day `on`."""

    serializer_class = UnitSerializer
    filterset_class = UnitFilter
    detail_filterset_class = UnitDayFilter
    lookup_field = "code"
    follows = (Kind.UNIT,)
    is_public = True

    def _today(self) -> date | None:
        return timezone.localdate() if "map" in self.request.query_params else None

    def get_queryset(self) -> QuerySet[AdministrativeUnit]:
        """Start from the area of the reader."""
        units = AdministrativeUnit.objects.within(self.readable)
        return units.select_related("parent", "region")

    def get_object(self) -> AdministrativeUnit:
        """Return one version of the unit with this code: the latest that the query leaves."""
        versions = self.filter_queryset(self.get_queryset()).filter(code=self.kwargs["code"])
        latest: AdministrativeUnit | None = versions.order_by(
            F("valid_to").desc(nulls_first=True)
        ).first()
        if latest is None:
            raise Http404
        return latest

    @extend_schema(
        description=GEOJSON, responses={(200, MEDIA_TYPE): OpenApiTypes.OBJECT}, filters=True
    )
    @action(detail=False, url_path="geojson", pagination_class=None)
    def geojson(self, request: Request) -> StreamingHttpResponse:
        """Stream the units as features."""
        rows = self.filter_queryset(self.get_queryset()).order_by("path")
        columns = rows.select_related(None).values_list(*COLUMNS)
        features = as_geojson(columns.iterator(chunk_size=CHUNK))
        return StreamingHttpResponse(features, content_type=MEDIA_TYPE)


class SuccessionEndpoint(LedgerEndpoint[Succession]):
    """Which unit became which, where the reader may read either of them."""

    serializer_class = SuccessionSerializer
    filterset_class = SuccessionFilter
    follows = (Kind.SUCCESSION, Kind.UNIT)
    is_public = True

    def get_queryset(self) -> QuerySet[Succession]:
        """Start from the area of the reader."""
        before = path_within(self.readable, "predecessor__path")
        after = path_within(self.readable, "successor__path")
        return Succession.objects.filter(before | after)


class DesignationEndpoint(LedgerEndpoint[Designation]):
    """The standings of the units within the area of the reader."""

    serializer_class = DesignationSerializer
    filterset_class = DesignationFilter
    follows = (Kind.DESIGNATION, Kind.UNIT)
    is_public = True

    def get_queryset(self) -> QuerySet[Designation]:
        """Start from the area of the reader."""
        return Designation.objects.filter(path_within(self.readable, "unit__path"))
