"""Addresses of units in the API."""

from rest_framework.routers import SimpleRouter

from communes.api.views import UnitEndpoint

router = SimpleRouter()
router.register("units", UnitEndpoint, basename="api-unit")
urlpatterns = router.urls
