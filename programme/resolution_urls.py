"""Addresses of the resolutions on the map."""

from django.urls import path

from programme import follow_up_views
from programme import resolution_views as views

ONE = "<int:pk>/"

urlpatterns = [
    path("", views.resolution_list, name="resolution-list"),
    path("new/<str:kind>/", views.resolution_new, name="resolution-new"),
    path("followed/", follow_up_views.follow_up_list, name="follow-up-list"),
    path("followed/check/", follow_up_views.follow_up_check, name="follow-up-check"),
    path(ONE, views.resolution_detail, name="resolution-detail"),
    path(f"{ONE}edit/", views.resolution_edit, name="resolution-edit"),
    path(f"{ONE}apply/", views.resolution_apply, name="resolution-apply"),
    path(f"{ONE}withdraw/", views.resolution_withdraw, name="resolution-withdraw"),
    path(f"{ONE}discard/", views.resolution_discard, name="resolution-discard"),
    path(f"{ONE}check/", views.resolution_check, name="resolution-check"),
]
