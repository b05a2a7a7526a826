"""Addresses of the OCOP register in the API."""

from rest_framework.routers import SimpleRouter

from ocop.api.views import (
    CertificateEndpoint,
    ProducerEndpoint,
    ProductEndpoint,
    ValueChainEndpoint,
)

router = SimpleRouter()
router.register("products", ProductEndpoint, basename="api-product")
router.register("producers", ProducerEndpoint, basename="api-producer")
router.register("certificates", CertificateEndpoint, basename="api-certificate")
router.register("value-chains", ValueChainEndpoint, basename="api-value-chain")
urlpatterns = router.urls
