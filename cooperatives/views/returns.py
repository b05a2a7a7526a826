"""The yearly return: typed, sent, verified or given back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cooperatives import policies, services
from cooperatives.forms import ReturnForm, YearForm
from cooperatives.models import YearlyReturn
from cooperatives.return_tables import enter_returns, return_table
from cooperatives.views.register import crumbs, hers, reachable
from ntm_portal.accounts.form_pages import FormPage, form_page
from ntm_portal.accounts.requests import SignedInRequest
from ntm_portal.accounts.workbook_pages import workbook_answer, workbook_page
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse


@require_GET
def return_year(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lead to the form of the year that was chosen."""
    row = reachable(request, pk)
    form = YearForm(request.GET)
    if not form.is_valid():
        messages.error(request, _("Choose a year that has begun."))
        return redirect("cooperative-detail", row.pk)
    return redirect("return-edit", row.pk, form.cleaned_data["year"])


@require_http_methods(["GET", "HEAD", "POST"])
def return_edit(request: SignedInRequest, pk: int, year: int) -> HttpResponse:
    """Type the return of a year."""
    row = hers(request, pk)
    back = reverse("cooperative-detail", args=[pk])
    make = partial(ReturnForm, by=request.user, cooperative=row, year=year)
    rule = make().rule
    page = FormPage(
        _("Return of %(year)s: %(name)s") % {"year": year, "name": row.label},
        _("Save the draft"),
        back,
        crumbs((back, row.label)),
        note=f"{rule.name} · {', '.join(rule.legal_basis)}"
        if rule
        else _("No rule of rating is known for this year: it stays unrated."),
    )
    return form_page(request, make, page, partial(_saved, request))


@require_POST
def return_step(request: SignedInRequest, pk: int, step: str) -> HttpResponse:
    """Send, verify or give back a return."""
    within = YearlyReturn.objects.within(request.user.scope.read)
    row = get_object_or_404(within.select_related("cooperative__commune"), pk=pk)
    scope, path = request.user.scope, row.cooperative.commune.path
    if not (policies.may_register(scope, path) or policies.may_verify(scope, path)):
        raise PermissionDenied
    reason = request.POST.get("reason", "")
    do: dict[str, Callable[[], YearlyReturn]] = {
        "submit": lambda: services.submit_return(pk, by=request.user),
        "verify": lambda: services.verify_return(pk, by=request.user),
        "return": lambda: services.give_back_return(pk, reason, by=request.user),
    }
    try:
        done = do[step]()
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        sentence = _("The return of %(year)s is now: %(status)s.")
        words = {"year": done.year, "status": done.get_status_display()}
        messages.success(request, sentence % words)
    return redirect("cooperative-detail", row.cooperative_id)


def _saved(request: SignedInRequest, row: YearlyReturn) -> HttpResponse:
    sentence = _("The draft of %(year)s is saved: %(rating)s.")
    words = {"year": row.year, "rating": row.get_rating_display()}
    messages.success(request, sentence % words)
    return redirect("cooperative-detail", row.cooperative_id)


@require_GET
def returns_template(request: SignedInRequest) -> HttpResponse:
    """Hand out the workbook of a year, with what is typed so far."""
    year = _year_to_type(request)
    table = return_table(year, request.user)
    return workbook_answer(table.workbook(), f"returns-{year}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def returns_upload(request: SignedInRequest) -> HttpResponse:
    """Save the drafts of many cooperatives from a workbook."""
    year = _year_to_type(request)
    page = FormPage(
        _("Returns of %(year)s from Excel") % {"year": year},
        _("Read the workbook"),
        reverse("cooperative-list"),
        crumbs(),
        note=_(
            "The workbook has a row for each cooperative whose return is not sent yet. All rows "
            "that say something new are saved as drafts, or none: then every fault is named."
        ),
        template="registers/workbook.html",
    )
    extra = {"download": f"{reverse('returns-template')}?year={year}", "year": year}
    enter = partial(enter_returns, year=year, by=request.user)
    done = partial(_entered, request)
    name = f"returns-{year}-marked.xlsx"
    return workbook_page(request, enter, page, done, name=name, extra=extra)


def _year_to_type(request: SignedInRequest) -> int:
    """Return the year that the address names, else the last one that is over."""
    if not policies.may_register_anywhere(request.user.scope):
        raise PermissionDenied
    form = YearForm(request.GET)
    year: int = form.cleaned_data["year"] if form.is_valid() else timezone.localdate().year - 1
    return year


def _entered(request: SignedInRequest, saved: int) -> HttpResponse:
    sentence = ngettext("%(count)s return is saved.", "%(count)s returns are saved.", saved)
    messages.success(request, sentence % {"count": saved})
    return redirect("cooperative-list")
