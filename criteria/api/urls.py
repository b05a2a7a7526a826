"""Addresses of rounds and assessments in the API."""

from rest_framework.routers import SimpleRouter

from criteria.api.views import AssessmentEndpoint, RoundEndpoint

router = SimpleRouter()
router.register("rounds", RoundEndpoint, basename="api-round")
router.register("assessments", AssessmentEndpoint, basename="api-assessment")
urlpatterns = router.urls
