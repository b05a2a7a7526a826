"""The page on which an assessment is read and typed, whole or field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import reswap

from criteria import services
from criteria.forms import Outcome, ValuesForm
from criteria.presentation.page import load_page
from criteria.presentation.wording import name_in_sentence
from criteria.services.steps import asked_measures
from criteria.views.addresses import after_saving
from criteria.views.reach import PortalRequest, reachable
from ntm_portal.accounts.kept import take
from ntm_portal.lib.errors import DomainError
from ntm_portal.templatetags.portal import clock

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from criteria.models import Assessment

UNPROCESSABLE, CONFLICT, FORBIDDEN = 422, 409, 403


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_detail(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Show the assessment; save everything that was typed."""
    assessment = reachable(request, pk)
    if request.method == "POST":
        return save_and_go_on(request, assessment)
    typed = take(request) or QueryDict()
    outcome = Outcome(unsaved=_form(typed, assessment).kept())
    if outcome.unsaved:
        messages.warning(request, _("You are signed in again. What you typed is not saved yet."))
    return show_assessment(request, assessment, outcome, typed.get("reason", ""))


@require_POST
def value_save(request: PortalRequest, pk: int, code: str) -> HttpResponseBase:
    """Save one value; answer htmx with its row and what changed around it."""
    assessment = reachable(request, pk)
    if not request.htmx:
        return save_and_go_on(request, assessment)
    outcome = _form(request.POST, assessment).save(assessment, by=request.user)
    assessment = reachable(request, pk)  # as it stands now
    show = parse_qs(urlsplit(request.htmx.current_url or "").query).get("show", [""])[0]
    page = load_page(assessment, reader=request.user, answers=outcome.unsaved, show=show)
    row = page.row(code)
    if row is None:
        return _unknown(request, code, outcome)
    context = {
        "page": page,
        "row": row,
        "block": page.block_of(code),
        "outcome": outcome,
        "sets_field": "keep" in request.POST or "mine" in request.POST,
    }
    return render(request, "criteria/_value_saved.html", context, status=_status(outcome))


def save_and_go_on(
    request: PortalRequest, assessment: Assessment, *, sends: bool = False
) -> HttpResponse:
    """Save what was posted, send it if she asked; then go on, or show what is refused."""
    outcome = save_posted(request, assessment)
    if outcome.holds and (sends or "send" in request.POST):
        outcome.refusal = _send(request, assessment)
    if outcome.holds:
        return redirect(after_saving(request, assessment, outcome))
    return show_assessment(request, assessment, outcome)


def save_posted(request: PortalRequest, assessment: Assessment) -> Outcome:
    """Save the typed values and say how many."""
    outcome = _form(request.POST, assessment).save(assessment, by=request.user)
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
    reason: str = "",
) -> HttpResponse:
    """Render the page, with what could not be saved as it was typed."""
    if request.method == "POST":
        assessment = reachable(request, assessment.pk)  # as it stands now
    show = request.POST.get("show") or request.GET.get("show", "")
    page = load_page(assessment, reader=request.user, answers=outcome.unsaved, show=show)
    context = {"page": page, "outcome": outcome, "reason": reason}
    return render(request, "criteria/assessment_detail.html", context, status=_status(outcome))


def _unknown(request: PortalRequest, code: str, outcome: Outcome) -> HttpResponse:
    """Say at the field why it is not saved; the field stays with what is typed in it."""
    context = {"code": code, "outcome": outcome}
    answer = render(request, "criteria/_value_unknown.html", context, status=_status(outcome))
    return reswap(answer, "none")


def _send(request: PortalRequest, assessment: Assessment) -> DomainError | None:
    try:
        services.submit(assessment.pk, by=request.user)
    except DomainError as refusal:
        return refusal
    messages.success(request, _("%(unit)s is sent.") % {"unit": name_in_sentence(assessment.unit)})
    return None


def _form(data: QueryDict, assessment: Assessment) -> ValuesForm:
    kinds = asked_measures(assessment).values_list("code", "kind")
    return ValuesForm(data, dict(kinds))


def _status(outcome: Outcome) -> int:
    if outcome.refusal and outcome.refusal.code == "not-allowed":
        return FORBIDDEN
    if any(answer.conflict for answer in outcome.unsaved.values()):
        return CONFLICT
    refused = any(answer.sentence for answer in outcome.unsaved.values())
    return UNPROCESSABLE if outcome.refusal or refused else 200
