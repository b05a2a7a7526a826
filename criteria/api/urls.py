"""Addresses of the law, of rounds and of what was reported in them, in the API."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from criteria.api.law_views import (
    CriteriaSetEndpoint,
    MeasureEndpoint,
    ResolvedThresholdEndpoint,
    ThresholdEndpoint,
)
from criteria.api.recognition_views import RecognitionEndpoint
from criteria.api.views import (
    AssessmentEndpoint,
    RoundEndpoint,
    ValueEndpoint,
    VerdictEndpoint,
)

router = SimpleRouter()
router.register("criteria-sets", CriteriaSetEndpoint, basename="api-criteria-set")
router.register("measures", MeasureEndpoint, basename="api-measure")
router.register("thresholds", ThresholdEndpoint, basename="api-threshold")
router.register("rounds", RoundEndpoint, basename="api-round")
router.register("assessments", AssessmentEndpoint, basename="api-assessment")
router.register("values", ValueEndpoint, basename="api-value")
router.register("verdicts", VerdictEndpoint, basename="api-verdict")
router.register("recognitions", RecognitionEndpoint, basename="api-recognition")
resolved = ResolvedThresholdEndpoint.as_view({"get": "list"}, basename="api-threshold")
urlpatterns = [
    path("units/<str:code>/thresholds/", resolved, name="api-unit-threshold-list"),
    path("", include("criteria.api.dhis2.urls")),
    *router.urls,
]
