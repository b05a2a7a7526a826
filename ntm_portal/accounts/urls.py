"""Addresses of signing in and out, and of the tokens for other systems."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import path

from ntm_portal.accounts import delegation_views, token_views
from ntm_portal.accounts.views import PasswordView, SignInView

urlpatterns = [
    path("password/", PasswordView.as_view(), name="password"),
    path("login/", SignInView.as_view(), name="login"),
    path("logout/", login_not_required(LogoutView.as_view()), name="logout"),
    path("delegations/", delegation_views.delegation_list, name="delegation-list"),
    path("delegations/new/", delegation_views.delegation_create, name="delegation-create"),
    path(
        "delegations/<int:pk>/withdraw/",
        delegation_views.delegation_withdraw,
        name="delegation-withdraw",
    ),
    path("tokens/", token_views.token_list, name="token-list"),
    path("tokens/new/", token_views.token_create, name="token-create"),
    path("tokens/<int:pk>/", token_views.token_detail, name="token-detail"),
    path("tokens/<int:pk>/revoke/", token_views.token_revoke, name="token-revoke"),
]
