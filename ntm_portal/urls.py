"""The addresses of the portal: composition only."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from ntm_portal import views

handler400 = "ntm_portal.failures.bad_request"
handler404 = "ntm_portal.failures.not_found"
handler500 = "ntm_portal.failures.server_error"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("healthz", views.health, name="health"),
    path("language/", views.set_language, name="language-set"),
    path("accounts/", include("ntm_portal.accounts.urls")),
    path("accounts/mails/", include("ntm_portal.mail.urls")),
    path("webhooks/", include("ntm_portal.webhooks.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include("ntm_portal.api.urls")),
    path("api-explorer/", views.api_explorer, name="api-explorer"),
    path("jobs/", include("ntm_portal.jobs.urls")),
    path("criteria/", include("criteria.urls")),
    path("ocop/", include("ocop.urls")),
    path("cooperatives/", include("cooperatives.urls")),
    path("units/resolutions/", include("programme.resolution_urls")),
    path("units/", include("communes.urls")),
    path("units/", include("programme.unit_urls")),
    path("", include("programme.urls")),
]
