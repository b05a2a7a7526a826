"""Addresses of a person's webhooks."""

from django.urls import path

from ntm_portal.webhooks import views

urlpatterns = [
    path("", views.webhook_list, name="webhook-list"),
    path("new/", views.webhook_create, name="webhook-create"),
    path("<int:pk>/", views.webhook_detail, name="webhook-detail"),
    path("<int:pk>/test/", views.webhook_test, name="webhook-test"),
    path("<int:pk>/replay/", views.webhook_replay, name="webhook-replay"),
    path("<int:pk>/pause/", views.webhook_turn, {"turn": "pause"}, name="webhook-pause"),
    path("<int:pk>/resume/", views.webhook_turn, {"turn": "resume"}, name="webhook-resume"),
    path("<int:pk>/end/", views.webhook_turn, {"turn": "end"}, name="webhook-end"),
]
