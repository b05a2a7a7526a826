"""Addresses of a person's mails."""

from django.urls import path

from ntm_portal.mail import views

urlpatterns = [
    path("", views.choose, name="mail-choose"),
    path("off/<str:token>/", views.turn_off, name="mail-turn-off"),
]
