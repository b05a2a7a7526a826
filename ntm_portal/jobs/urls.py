"""Addresses of work in the background."""

from django.urls import path

from ntm_portal.jobs import views

urlpatterns = [
    path("<int:pk>/", views.job_detail, name="job-detail"),
    path("<int:pk>/result/", views.job_result, name="job-result"),
]
