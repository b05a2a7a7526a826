"""What happens to every request: its language, and the sign-in that keeps what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.utils import translation

from ntm_portal.accounts import usage
from ntm_portal.accounts.resources import resource_of
from ntm_portal.accounts.views import is_htmx, session_ended, sign_in_again

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

REFUSALS = 400  # and what follows


class LanguageMiddleware:
    """Vietnamese unless the reader switched; the API follows `Accept-Language` instead."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the language chosen for this request."""
        with translation.override(_language_of(request)):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


class ApiUsageMiddleware:
    """Count what a token asks, and say with every answer how much may still be asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Count the call by its resource and how it ended; add the headers of the rate."""
        response = self.get_response(request)
        if token := getattr(request, "api_token", None):
            called = request.resolver_match.func if request.resolver_match else None
            usage.count(token, resource_of(called), is_refused=response.status_code >= REFUSALS)
        names = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
        for name, value in zip(names, getattr(request, "api_rate", ()), strict=False):
            response.headers[name] = str(value)
        return response


class LoginRequiredKeepingInputMiddleware(LoginRequiredMiddleware):
    """Every page asks for a sign-in, unless it says that it is public (the API asks by itself).

    A post is answered with the sign-in page carrying what was typed, htmx with a banner.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[Any, Any],
    ) -> HttpResponseBase | None:
        """Send a stranger to the sign-in without losing what she typed."""
        refusal = super().process_view(request, view_func, view_args, view_kwargs)
        if refusal is None:
            return None
        if is_htmx(request):
            return session_ended(request)
        return sign_in_again(request) if request.method == "POST" else refusal


def _language_of(request: HttpRequest) -> str:
    known = dict(settings.LANGUAGES)
    if request.path.startswith("/api/"):
        accepted = request.headers.get("Accept-Language", "").strip().lower()
        return "en" if accepted.startswith("en") else settings.LANGUAGE_CODE
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in known else settings.LANGUAGE_CODE
