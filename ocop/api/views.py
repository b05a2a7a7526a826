"""The OCOP register over the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communes.api.endpoints import LedgerEndpoint
from communes.change_models import Change
from ntm_portal.lib.endpoints import OneRowMixin
from ocop.api.serializers import (
    CertificateSerializer,
    ProducerSerializer,
    ProductSerializer,
    ValueChainSerializer,
)
from ocop.filters import CertificateFilter, ChainFilter, ProducerFilter, ProductFilter
from ocop.models import Certificate, Producer, Product, ValueChain

if TYPE_CHECKING:
    from django.db.models import QuerySet

Kind = Change.Kind
NUMBER = "[0-9]+"


class ProducerEndpoint(OneRowMixin, LedgerEndpoint[Producer]):
    """Producers within the area of the reader; entries typed twice are left out."""

    queryset = Producer.objects.none()
    serializer_class = ProducerSerializer
    filterset_class = ProducerFilter
    lookup_value_regex = NUMBER
    follows = (Kind.PRODUCER, Kind.UNIT)
    depends_on_day = True

    def get_queryset(self) -> QuerySet[Producer]:
        """Start from the area of the reader."""
        return Producer.objects.within(self.readable).counted().select_related("commune")


class ProductEndpoint(OneRowMixin, LedgerEndpoint[Product]):
    """Products within the area of the reader; the public sees those that were certified."""

    queryset = Product.objects.none()
    serializer_class = ProductSerializer
    filterset_class = ProductFilter
    lookup_value_regex = NUMBER
    follows = (Kind.PRODUCT, Kind.PRODUCER, Kind.CERTIFICATE, Kind.UNIT)
    depends_on_day = True
    is_public = True

    def get_queryset(self) -> QuerySet[Product]:
        """Start from the area of the reader."""
        within = Product.objects.within(self.readable)
        return within.select_related("commune", "producer")

    def published(self, rows: QuerySet[Product]) -> QuerySet[Product]:
        """Return the products that were certified."""
        return rows.filter(pk__in=Certificate.objects.order_by().values("product"))


class CertificateEndpoint(OneRowMixin, LedgerEndpoint[Certificate]):
    """Certificates of products within the area of the reader, those that ended too."""

    queryset = Certificate.objects.none()
    serializer_class = CertificateSerializer
    filterset_class = CertificateFilter
    lookup_value_regex = NUMBER
    follows = (Kind.CERTIFICATE, Kind.PRODUCT, Kind.UNIT)
    depends_on_day = True
    is_public = True

    def get_queryset(self) -> QuerySet[Certificate]:
        """Start from the area of the reader."""
        within = Certificate.objects.within(self.readable)
        return within.select_related("product__commune")


class ValueChainEndpoint(OneRowMixin, LedgerEndpoint[ValueChain]):
    """Value chains whose seat lies within the area of the reader."""

    queryset = ValueChain.objects.none()
    serializer_class = ValueChainSerializer
    filterset_class = ChainFilter
    lookup_value_regex = NUMBER
    follows = (Kind.VALUE_CHAIN, Kind.UNIT)

    def get_queryset(self) -> QuerySet[ValueChain]:
        """Start from the area of the reader."""
        within = ValueChain.objects.within(self.readable).select_related("lead_unit")
        return within.prefetch_related("cooperatives", "producers", "products", "contracts")
