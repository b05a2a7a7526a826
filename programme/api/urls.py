"""Addresses of summaries and targets in the API."""

from rest_framework.routers import SimpleRouter

from programme.api.published_views import PublishedEndpoint
from programme.api.views import SummaryEndpoint, TallyEndpoint, TargetEndpoint

router = SimpleRouter()
router.register("summaries", SummaryEndpoint, basename="api-summary")
router.register("tallies", TallyEndpoint, basename="api-tally")
router.register("targets", TargetEndpoint, basename="api-target")
router.register("published-figures", PublishedEndpoint, basename="api-published-figure")
urlpatterns = router.urls
