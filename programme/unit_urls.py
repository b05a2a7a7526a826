"""The address of a unit over all times."""

from django.urls import path

from programme import unit_views

urlpatterns = [path("<str:code>/", unit_views.unit_detail, name="unit-detail")]
