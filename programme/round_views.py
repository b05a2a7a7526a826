"""Rounds: how far each is, and for administrators opening, closing, publishing and reopening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from criteria import policies
from criteria.models import ReportingRound
from ntm_portal.lib.errors import DomainError
from programme import reach
from programme.dashboard import round_state
from programme.models import Publication
from programme.publication import publishing
from programme.round_forms import RoundForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from ntm_portal.accounts.requests import SignedInRequest

UNPROCESSABLE = 422


@require_GET
def round_list(request: SignedInRequest) -> HttpResponse:
    """Show every round, the latest first, with how complete it is within her reach."""
    rounds = list(reversed(ReportingRound.objects.all()))
    scope = request.user.scope
    context = {
        "states": round_state.states(scope.read, rounds),
        "may_run": policies.may_run_rounds(scope),
    }
    return render(request, "programme/round_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def round_open(request: SignedInRequest) -> HttpResponse:
    """Take code and days, show what opening does, and open once that was seen."""
    _refuse_others(request)
    form = RoundForm(request.POST or None)
    preview = None
    if request.method == "POST" and form.is_valid():
        preview = round_state.opening(form.cleaned_data["reference_date"])
        if "open" in request.POST and (opened := form.open(by=request.user)):
            words = {"code": opened.code}
            messages.success(request, _("Round %(code)s is open.") % words)
            return redirect("round-detail", opened.code)
    context = {"form": form, "preview": preview}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "programme/round_open.html", context, status=status)


@require_GET
@reach.explained
def round_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """Show one round: how far it is, what the next step does, its steps and publications."""
    round_ = _round(code)
    scope = request.user.scope
    (state,) = round_state.states(scope.read, [round_])
    context = {
        "state": state,
        "may_run": policies.may_run_rounds(scope),
        "pending": round_state.pending(),
        "events": round_.events.select_related("by"),
        "publications": Publication.objects.filter(round=round_).select_related("by"),
    }
    return render(request, "programme/round_detail.html", context)


@require_POST
def round_publish(request: SignedInRequest, code: str) -> HttpResponse:
    """Publish a closed round under its hash."""
    round_ = get_object_or_404(ReportingRound, code=code)
    _refuse_others(request)
    try:
        made = publishing.publish(round_.pk, by=request.user, reason=request.POST.get("reason", ""))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        words = {"code": code, "digest": made.digest[:12]}
        messages.success(request, _("Round %(code)s is published under %(digest)s….") % words)
    return redirect("round-detail", code)


def _refuse_others(request: SignedInRequest) -> None:
    if not policies.may_run_rounds(request.user.scope):
        raise PermissionDenied


def _round(code: str) -> ReportingRound:
    """Return the round of this code; without one, say which there are."""
    known = list(ReportingRound.objects.order_by("-reference_date"))
    found = next((item for item in known if item.code == code), None)
    if found is None:
        links = [
            reach.Link(
                reverse("round-detail", args=[item.code]), item.code, reach.about_round(item)
            )
            for item in known
        ]
        raise reach.UnknownAddressError("round", code, links)
    return found
