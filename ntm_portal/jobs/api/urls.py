"""Addresses of work in the background in the API."""

from rest_framework.routers import SimpleRouter

from ntm_portal.jobs.api.views import JobEndpoint

router = SimpleRouter()
router.register("jobs", JobEndpoint, basename="api-job")
urlpatterns = router.urls
