"""Addresses of the map on pages."""

from django.urls import path

from communes.views import search

urlpatterns = [path("", search.unit_search, name="unit-search")]
