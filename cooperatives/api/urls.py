"""Addresses of the register of cooperatives in the API."""

from rest_framework.routers import SimpleRouter

from cooperatives.api.views import CooperativeEndpoint, ReturnEndpoint

router = SimpleRouter()
router.register("cooperatives", CooperativeEndpoint, basename="api-cooperative")
router.register("yearly-returns", ReturnEndpoint, basename="api-yearly-return")
urlpatterns = router.urls
