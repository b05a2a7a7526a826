"""The register of cooperatives over the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communes.api.endpoints import LedgerEndpoint
from communes.change_models import Change
from cooperatives.api.serializers import CooperativeSerializer, ReturnSerializer
from cooperatives.filters import CooperativeFilter, ReturnFilter
from cooperatives.models import Cooperative, YearlyReturn
from ntm_portal.lib.endpoints import OneRowMixin

if TYPE_CHECKING:
    from django.db.models import QuerySet

Kind = Change.Kind


class CooperativeEndpoint(OneRowMixin, LedgerEndpoint[Cooperative]):
    """Cooperatives within the area of the reader; entries typed twice are left out."""

    queryset = Cooperative.objects.none()
    serializer_class = CooperativeSerializer
    filterset_class = CooperativeFilter
    lookup_value_regex = "[0-9]+"
    follows = (Kind.COOPERATIVE, Kind.YEARLY_RETURN, Kind.UNIT)
    depends_on_day = True

    def get_queryset(self) -> QuerySet[Cooperative]:
        """Start from the area of the reader."""
        return Cooperative.objects.within(self.readable).counted().select_related("commune")


class ReturnEndpoint(OneRowMixin, LedgerEndpoint[YearlyReturn]):
    """Yearly returns that were sent, within the area of the reader."""

    queryset = YearlyReturn.objects.none()
    serializer_class = ReturnSerializer
    filterset_class = ReturnFilter
    lookup_value_regex = "[0-9]+"
    follows = (Kind.YEARLY_RETURN, Kind.COOPERATIVE, Kind.UNIT)

    def get_queryset(self) -> QuerySet[YearlyReturn]:
        """Start from the area of the reader; a draft is nobody else's business."""
        within = YearlyReturn.objects.within(self.readable).counting()
        return within.filter(cooperative__duplicate_of__isnull=True).select_related(
            "cooperative__commune"
        )
