"""The search over units of all times, from the head of every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_GET

from communes.presentation.found import load_found

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_GET
def unit_search(request: HttpRequest) -> HttpResponse:
    """Find units by name, place and code: what each was, and what it is."""
    asked = request.GET.get("q", "").strip()[:100]
    scope = getattr(request.user, "scope", None)  # the people's room lies above this one
    paths = scope.read if scope else frozenset()
    context: dict[str, object] = {"asked": asked}
    if asked and paths:
        context |= {"found": load_found(asked, paths, request.GET.get("page", ""))}
    return render(request, "communes/unit_search.html", context)
