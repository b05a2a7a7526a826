"""Addresses of recognitions, below `recognitions/`."""

from django.urls import path

from criteria.views import recognition_steps, recognitions, rules

urlpatterns = [
    path("", recognitions.recognition_list, name="recognition-list"),
    path("new/", recognition_steps.recognition_create, name="recognition-create"),
    path("warnings/", recognitions.recognition_warnings, name="recognition-warnings"),
    path("rules/", rules.recognition_rules, name="recognition-rules"),
    path("rules/<str:key>/confirm/", rules.rule_confirm, name="rule-confirm"),
    path("documents/<int:pk>/", recognitions.recognition_document, name="recognition-document"),
    path(
        "conditions/<str:code>/",
        recognition_steps.recognition_conditions,
        name="recognition-conditions",
    ),
    path(
        "conditions/<str:code>/settle/",
        recognition_steps.recognition_settle,
        name="recognition-settle",
    ),
    path("<int:pk>/", recognitions.recognition_detail, name="recognition-detail"),
    path("<int:pk>/revoke/", recognition_steps.recognition_revoke, name="recognition-revoke"),
]
