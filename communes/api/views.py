"""Units of the map over the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin

from communes.api.serializers import UnitSerializer
from communes.filters import UnitDayFilter, UnitFilter
from communes.models import AdministrativeUnit
from ntm_portal.lib.endpoints import ReadEndpoint

if TYPE_CHECKING:
    from django.db.models import QuerySet

ON = OpenApiParameter(
    "on", OpenApiTypes.DATE, description="The version in force on this day; without it the latest."
)


@extend_schema_view(retrieve=extend_schema(parameters=[ON]))
class UnitEndpoint(ListModelMixin, RetrieveModelMixin, ReadEndpoint[AdministrativeUnit]):
    """Units of the map within the area of the reader: all versions, or those of the day `on`."""

    serializer_class = UnitSerializer
    filterset_class = UnitFilter
    detail_filterset_class = UnitDayFilter
    lookup_field = "code"

    def get_queryset(self) -> QuerySet[AdministrativeUnit]:
        """Start from the area of the reader."""
        units = AdministrativeUnit.objects.within(self.readable)
        return units.select_related("parent", "region")

    def get_object(self) -> AdministrativeUnit:
        """Return one version of the unit with this code: the latest that the query leaves."""
        versions = self.filter_queryset(self.get_queryset()).filter(code=self.kwargs["code"])
        latest = versions.order_by(F("valid_to").desc(nulls_first=True)).first()
        if latest is None:
            raise Http404
        return latest
