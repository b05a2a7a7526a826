"""The addresses of the portal: composition only."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from ntm_portal import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("healthz", views.health, name="health"),
    path("language/", views.set_language, name="language-set"),
    path("accounts/", include("ntm_portal.accounts.urls")),
    path("admin/", admin.site.urls),
]
for _room, _address in (
    ("criteria.urls", "criteria/"),
    ("programme.urls", ""),
    ("ntm_portal.api.urls", "api/v1/"),
):
    if find_spec(_room):
        urlpatterns.append(path(_address, include(_room)))
