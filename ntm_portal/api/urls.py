"""The addresses of the API: composition only."""

from django.urls import include, path, re_path

from ntm_portal.api.views import (
    FreshnessView,
    LiveView,
    NowhereView,
    ReadyView,
    RootView,
    SchemaView,
)

urlpatterns = [
    path("", RootView.as_view(), name="api-root"),
    path("health/live/", LiveView.as_view(), name="api-live"),
    path("health/ready/", ReadyView.as_view(), name="api-ready"),
    path("freshness/", FreshnessView.as_view(), name="api-freshness"),
    path("schema/", SchemaView.as_view(), name="api-schema"),
    path("", include("ntm_portal.jobs.api.urls")),
    path("", include("communes.api.urls")),
    path("", include("cooperatives.api.urls")),
    path("", include("ocop.api.urls")),
    path("", include("criteria.api.urls")),
    path("", include("programme.api.urls")),
    # Within the API a wrong address is told in the API's own words. One without its last
    # slash is left to Django, which leads to the right one.
    re_path(r".+/$", NowhereView.as_view(), name="api-nowhere"),
]
