"""Signing in, and signing in again without losing what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _

from ntm_portal.accounts import kept
from ntm_portal.accounts.forms import SignInForm

if TYPE_CHECKING:
    from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
    from django.http import HttpRequest, HttpResponse


TEMPLATE = "accounts/login.html"


class SignInView(LoginView):
    """Sign in; what an ended session interrupted goes on where it was."""

    template_name = TEMPLATE
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Carry the kept input through a failed attempt."""
        sealed = self.request.POST.get(kept.FIELD, "")
        return super().get_context_data(kept=sealed, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign in, and hand the kept input to the new session."""
        response = super().form_valid(form)
        found = kept.unseal(self.request.POST.get(kept.FIELD, ""))
        return redirect(kept.keep(self.request, found)) if found else response


class PasswordView(PasswordChangeView):
    """Give herself another password; her other sessions end with it."""

    template_name = "accounts/password.html"
    success_url = reverse_lazy("home")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Change it and say so."""
        messages.success(self.request, _("Your password is changed."))
        return super().form_valid(form)


def is_htmx(request: HttpRequest) -> bool:
    """Tell whether htmx asks, also where the request was stopped before its middleware."""
    return request.headers.get("HX-Request") == "true"


def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Answer a post without a session: the sign-in page, carrying what was typed."""
    context = {"form": SignInForm(request), "kept": kept.seal(kept.gather(request))}
    return render(request, TEMPLATE, context, status=403)


def session_ended(request: HttpRequest) -> HttpResponse:
    """Answer htmx without the session it had: a banner whose button posts the whole form."""
    status = 403 if request.user.is_authenticated else 401
    response = render(request, "partials/_session_ended.html", status=status)
    response["HX-Retarget"] = "#banner"
    response["HX-Reswap"] = "innerHTML"
    response["HX-Reselect"] = "unset"
    return response


def refuse_forgery(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose secret is stale; what was typed waits on its page, not saved."""
    if is_htmx(request):
        return session_ended(request)
    if not request.user.is_authenticated:
        return render(request, "403_csrf.html", status=403)
    if request.path == reverse("login"):
        found = kept.unseal(request.POST.get(kept.FIELD, ""))
        return redirect(kept.keep(request, found) if found else "home")
    typed = kept.gather(request)
    back = kept.keep(request, typed) if typed else ""
    return render(request, "403_csrf.html", {"back": back}, status=403)
