"""Addresses of units formed by mergers, and of designations."""

from django.urls import path

from criteria.views import designations, merging

urlpatterns = [
    path("rounds/<str:code>/merged/", merging.merged_list, name="merged-list"),
    path("assessments/<int:pk>/merger/", merging.merger_review, name="merger-review"),
    path("designations/<str:code>/", designations.unit_designations, name="unit-designations"),
]
