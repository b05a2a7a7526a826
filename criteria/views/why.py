"""Why this verdict: a page to read and to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from criteria.presentation.why import load_why
from criteria.views.reach import PortalRequest, reachable

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase


@require_GET
def value_detail(request: PortalRequest, pk: int, code: str) -> HttpResponseBase:
    """Show the value, the thresholds that were considered, and everything known of it."""
    why = load_why(reachable(request, pk), code, request.user)
    if why is None:
        sentence = _("This criteria set has no indicator “%(code)s”.")
        raise Http404(sentence % {"code": code})
    return render(request, "criteria/value_detail.html", {"why": why})
