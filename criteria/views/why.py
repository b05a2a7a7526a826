"""Why this verdict: a page to read and to print, with the files and notes behind the value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from criteria.presentation.why import load_why
from criteria.views.reach import PortalRequest, reachable
from ntm_portal.lib.uploads import ACCEPT

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from criteria.models import Assessment
    from ntm_portal.lib.errors import DomainError

UNPROCESSABLE = 422


@require_GET
def value_detail(request: PortalRequest, pk: int, code: str) -> HttpResponseBase:
    """Show the value, the thresholds that were considered, and everything known of it."""
    return show_value(request, reachable(request, pk), code)


def show_value(
    request: PortalRequest,
    assessment: Assessment,
    code: str,
    *,
    note: str = "",
    refusal: DomainError | None = None,
) -> HttpResponse:
    """Render the page; a note that was refused stands in its field as it was typed."""
    why = load_why(assessment, code, request.user)
    if why is None:
        sentence = _("This criteria set has no indicator “%(code)s”.")
        raise Http404(sentence % {"code": code})
    context = {"why": why, "note": note, "refusal": refusal, "accept": ACCEPT}
    status = UNPROCESSABLE if refusal else 200
    return render(request, "criteria/value_detail.html", context, status=status)
