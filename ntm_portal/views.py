"""Pages that belong to no app: the first page, the language, the sign of life."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from criteria.models import ReportingRound
from ntm_portal.accounts import kept
from ntm_portal.accounts.models import Assignment
from ntm_portal.accounts.public import public

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from ntm_portal.accounts.requests import SignedInRequest

_LANGUAGE_SECONDS = 365 * 24 * 60 * 60
_ENTERS = {Assignment.Role.OFFICER, Assignment.Role.VERIFIER}
_NATION = "VN"


@require_GET
def home(request: SignedInRequest) -> HttpResponseBase:
    """Lead each person to her work: values to enter or verify first, then figures to read."""
    scope = request.user.scope
    if not scope.read:
        return render(request, "home_empty.html", {"has_role": False})
    if scope.write or scope.verify:
        current = ReportingRound.objects.current()
        if current is None:
            return render(request, "home_empty.html", {"has_role": True})
        return redirect("worklist", current.code)
    return redirect("place-detail", _widest(scope.read))


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Remember the language in a cookie and go back to the page, with what was typed on it."""
    there = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        there, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    if typed := kept.gather_beside(request, "language", "next"):
        response = redirect(kept.keep(request, typed))
    else:
        response = redirect(there if is_ours else "home")
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=_LANGUAGE_SECONDS,
            secure=settings.BEHIND_TLS,
            httponly=True,
            samesite="Lax",
        )
    return response


@public
def api_explorer(request: HttpRequest) -> HttpResponse:
    """Show every operation of the API, each to be tried as whoever is signed in."""
    return render(request, "api_explorer.html")


@login_not_required
@never_cache
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Say that the portal and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def _widest(paths: frozenset[str]) -> str:
    """Return the code of the widest area among `paths`."""
    return min(paths, key=lambda path: (path.count("/"), path)).strip("/").split("/")[-1]
