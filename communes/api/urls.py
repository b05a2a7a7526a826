"""Addresses of the map in the API."""

from rest_framework.routers import SimpleRouter

from communes.api.change_views import ChangeEndpoint
from communes.api.views import DesignationEndpoint, SuccessionEndpoint, UnitEndpoint

router = SimpleRouter()
router.register("units", UnitEndpoint, basename="api-unit")
router.register("successions", SuccessionEndpoint, basename="api-succession")
router.register("designations", DesignationEndpoint, basename="api-designation")
router.register("changes", ChangeEndpoint, basename="api-change")
urlpatterns = router.urls
