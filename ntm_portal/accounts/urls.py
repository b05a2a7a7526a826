"""Addresses of signing in and out."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import path

from ntm_portal.accounts.views import SignInView

urlpatterns = [
    path("login/", SignInView.as_view(), name="login"),
    path("logout/", login_not_required(LogoutView.as_view()), name="logout"),
]
