"""Recording and revoking decisions, settling titles, and what a unit lacks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from communes.models import AdministrativeUnit
from criteria.presentation.entitlements import load_page
from criteria.presentation.recognitions import path_to
from criteria.recognition import policies
from criteria.recognition_forms import RecognitionForm, RevocationForm
from criteria.services.settling import settle_titles
from criteria.views.reach import PortalRequest
from criteria.views.recognitions import asked_day, reachable
from ntm_portal.accounts.kept import take
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from criteria.models import Recognition

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def recognition_create(request: PortalRequest) -> HttpResponseBase:
    """Record a decision; what is refused comes back as it was typed, with its sentences."""
    if not policies.may_record_anywhere(request.user.scope):
        raise PermissionDenied
    if request.method == "POST":
        form = RecognitionForm(request.POST, request.FILES, by=request.user)
        if form.is_valid() and (recorded := form.save()):
            return _recorded(request, recorded)
        return render(
            request, "criteria/recognition_form.html", {"form": form}, status=UNPROCESSABLE
        )
    typed = take(request)
    asked = {key: request.GET.get(key, "") for key in ("unit", "standard")}
    form = RecognitionForm(initial=typed.dict() if typed else asked, by=request.user)
    if typed is None:
        form.suggest()
    _warn_if_kept(request, is_kept=typed is not None)
    return render(request, "criteria/recognition_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def recognition_revoke(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Revoke a decision; what is refused comes back as it was typed, with its sentences."""
    recognition = reachable(request, pk)
    if not policies.may_record(request.user.scope, recognition.unit):
        raise PermissionDenied
    if request.method == "POST":
        form = RevocationForm(request.POST, request.FILES, recognition=recognition, by=request.user)
        if form.is_valid() and form.save():
            sentence = _("The revocation for %(unit)s is recorded.")
            messages.success(request, sentence % {"unit": recognition.unit.label})
            return redirect("recognition-detail", pk)
        return _revoking(request, recognition, form, UNPROCESSABLE)
    typed = take(request)
    form = RevocationForm(
        initial=typed.dict() if typed else None, recognition=recognition, by=request.user
    )
    _warn_if_kept(request, is_kept=typed is not None)
    return _revoking(request, recognition, form)


@require_GET
def recognition_conditions(request: PortalRequest, code: str) -> HttpResponseBase:
    """Show what a unit meets and lacks for each title it could be given on a day."""
    form, day = asked_day(request)
    unit = _unit(request, code, day)
    scope = request.user.scope
    page = load_page(unit, day, path_to(unit, day, scope), scope)
    return render(request, "criteria/recognition_conditions.html", {"page": page, "form": form})


@require_POST
def recognition_settle(request: PortalRequest, code: str) -> HttpResponseBase:
    """Settle the titles that passed to a unit when the map changed."""
    _form, day = asked_day(request)
    unit = _unit(request, code, day)
    try:
        rows = settle_titles([unit.pk], by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        sentence = ngettext(
            "%(count)s title is settled.", "%(count)s titles are settled.", len(rows)
        )
        messages.success(request, sentence % {"count": len(rows)})
    return redirect(f"{reverse('recognition-conditions', args=[code])}?on={day.isoformat()}")


def _recorded(request: PortalRequest, recognition: Recognition) -> HttpResponse:
    sentence = _("The decision for %(unit)s is recorded.")
    messages.success(request, sentence % {"unit": recognition.unit.label})
    return redirect("recognition-detail", recognition.pk)


def _revoking(
    request: PortalRequest, recognition: Recognition, form: RevocationForm, status: int = 200
) -> HttpResponse:
    higher = recognition.unit.recognitions.filter(revoked_on=None).exclude(pk=recognition.pk)
    scope = request.user.scope
    context = {
        "form": form,
        "recognition": recognition,
        "others": list(higher),
        "crumbs": path_to(recognition.unit, recognition.decision_date, scope),
    }
    return render(request, "criteria/recognition_revoke.html", context, status=status)


def _unit(request: PortalRequest, code: str, day: date) -> AdministrativeUnit:
    """Return the unit as it was on the day, if it lies within what she may read, else 404."""
    units = AdministrativeUnit.objects.within(request.user.scope.read).on(day)
    return get_object_or_404(units, code=code)


def _warn_if_kept(request: PortalRequest, *, is_kept: bool) -> None:
    if is_kept:
        messages.warning(request, _("You are signed in again. What you typed is not saved yet."))
