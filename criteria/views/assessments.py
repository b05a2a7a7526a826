"""The page on which an assessment is read and typed, whole or field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from django.contrib import messages
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import reswap

from criteria import services
from criteria.forms import Outcome, ValuesForm
from criteria.models import Assessment
from criteria.presentation.page import load_page
from criteria.presentation.wording import name_in_sentence
from criteria.services.judged import judge_stored
from criteria.views.addresses import after_saving
from criteria.views.reach import PortalRequest, reachable
from ntm_portal.accounts.kept import take
from ntm_portal.lib.errors import DomainError
from ntm_portal.templatetags.portal import clock

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase


UNPROCESSABLE, CONFLICT, FORBIDDEN = 422, 409, 403


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_detail(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Show the assessment; save everything that was typed."""
    if request.method == "POST":
        return save_and_go_on(request, pk)
    assessment = reachable(request, pk)
    typed = take(request) or QueryDict()
    outcome = Outcome(unsaved=ValuesForm(typed).kept())
    if outcome.unsaved:
        messages.warning(request, _("You are signed in again. What you typed is not saved yet."))
    return show_assessment(request, assessment, outcome, typed)


@require_POST
def value_save(request: PortalRequest, pk: int, code: str) -> HttpResponseBase:
    """Save one value; answer htmx with its row and what changed around it."""
    if not request.htmx:
        return save_and_go_on(request, pk)
    outcome = _save(request, pk)
    show = parse_qs(urlsplit(request.htmx.current_url or "").query).get("show", [""])[0]
    page = load_page(
        outcome.judged or judge_stored(reachable(request, pk)),
        reader=request.user,
        answers=outcome.unsaved,
        show=show,
    )
    row = page.row(code)
    if row is None:
        return _unknown(request, code, outcome)
    context = {
        "page": page,
        "row": row,
        "block": page.block_of(code),
        "outcome": outcome,
        "late_reason": request.POST.get("late_reason", ""),
        "sets_field": "keep" in request.POST or "mine" in request.POST,
    }
    return render(request, "criteria/_value_saved.html", context, status=_status(outcome))


def save_and_go_on(request: PortalRequest, pk: int, *, sends: bool = False) -> HttpResponse:
    """Save what was posted, send it if she asked; then go on, or show what is refused."""
    outcome = save_posted(request, pk)
    if outcome.holds and (sends or "send" in request.POST):
        outcome.refusal = _send(request, pk)
    if outcome.holds:
        return redirect(after_saving(request, pk, outcome))
    return show_assessment(request, reachable(request, pk), outcome)


def save_posted(request: PortalRequest, pk: int) -> Outcome:
    """Save the typed values and say how many."""
    outcome = _save(request, pk)
    if not (outcome.judged or outcome.refusal):
        reachable(request, pk)  # nothing was typed, so nobody has looked yet
    if count := len(outcome.saved) + outcome.confirmed:
        sentence = ngettext(
            "%(count)s value saved at %(time)s.", "%(count)s values saved at %(time)s.", count
        )
        messages.success(request, sentence % {"count": count, "time": clock(timezone.now())})
    return outcome


def show_assessment(
    request: PortalRequest,
    assessment: Assessment,
    outcome: Outcome,
    typed: QueryDict | None = None,
) -> HttpResponse:
    """Render the page, with what could not be saved as it was typed."""
    show = request.POST.get("show") or request.GET.get("show", "")
    judged = judge_stored(assessment)
    page = load_page(judged, reader=request.user, answers=outcome.unsaved, show=show)
    typed = request.POST if typed is None else typed
    context = {
        "page": page,
        "outcome": outcome,
        "reason": typed.get("reason", ""),
        "late_reason": typed.get("late_reason", ""),
    }
    return render(request, "criteria/assessment_detail.html", context, status=_status(outcome))


def _unknown(request: PortalRequest, code: str, outcome: Outcome) -> HttpResponse:
    """Say at the field why it is not saved; the field stays with what is typed in it."""
    context = {"code": code, "outcome": outcome}
    answer = render(request, "criteria/_value_unknown.html", context, status=_status(outcome))
    return reswap(answer, "none")


def _save(request: PortalRequest, pk: int) -> Outcome:
    """Save what was posted; the service holds the row and looks whether she reaches it."""
    try:
        return ValuesForm(request.POST).save(pk, by=request.user)
    except Assessment.DoesNotExist as error:
        raise Http404 from error


def _send(request: PortalRequest, pk: int) -> DomainError | None:
    try:
        late_reason = request.POST.get("late_reason", "")
        assessment = services.submit(pk, by=request.user, late_reason=late_reason)
    except DomainError as refusal:
        return refusal
    messages.success(request, _("%(unit)s is sent.") % {"unit": name_in_sentence(assessment.unit)})
    return None


def _status(outcome: Outcome) -> int:
    if outcome.refusal and outcome.refusal.code == "not-allowed":
        return FORBIDDEN
    if any(answer.conflict for answer in outcome.unsaved.values()):
        return CONFLICT
    refused = any(answer.sentence for answer in outcome.unsaved.values())
    return UNPROCESSABLE if outcome.refusal or refused else 200
