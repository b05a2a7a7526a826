"""Addresses of the sets, their thresholds, and what provinces decide."""

from django.urls import path

from criteria.views import confirmations, grouping, provincial, thresholds

SET = "sets/<str:code>/"
DECISION = "decisions/<int:pk>/"

urlpatterns = [
    path("sets/", thresholds.set_list, name="set-list"),
    path(f"{SET}thresholds/", thresholds.set_thresholds, name="set-thresholds"),
    path(f"{SET}thresholds.xlsx", thresholds.set_workbook, name="set-workbook"),
    path(f"{SET}provinces/<str:province>/new/", provincial.decision_new, name="decision-new"),
    path(f"{SET}provinces/<str:province>/groups/", grouping.commune_groups, name="commune-groups"),
    path(DECISION, provincial.decision_detail, name="decision-detail"),
    path(f"{DECISION}edit/", provincial.decision_edit, name="decision-edit"),
    path(f"{DECISION}enact/", provincial.decision_enact, name="decision-enact"),
    path(f"{DECISION}discard/", provincial.decision_discard, name="decision-discard"),
    path(f"{DECISION}document/", provincial.decision_document, name="decision-document"),
    path("thresholds/<int:pk>/confirm/", confirmations.threshold_confirm, name="threshold-confirm"),
]
