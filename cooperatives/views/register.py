"""The register of cooperatives: the list, one of them, entering and changing, double entries."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from communes.unit_choice import province_choices
from cooperatives import policies, services
from cooperatives.days import usual_day
from cooperatives.filters import CooperativeFilter
from cooperatives.forms import CooperativeForm, EndingForm
from cooperatives.models import Cooperative
from cooperatives.presentation.detail import load_page
from cooperatives.presentation.exporting import workbook_of
from cooperatives.presentation.listing import table_of
from cooperatives.register_workbook import empty_workbook, register_all
from ntm_portal.accounts.form_pages import FormPage, form_page
from ntm_portal.accounts.requests import SignedInRequest
from ntm_portal.accounts.workbook_pages import workbook_answer, workbook_page
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

PER_PAGE = 50
MOST_EXPORTED = 100_000
TURNS = {
    "suspend": lambda: _("Suspend"),
    "resume": lambda: _("Record that it works again"),
    "dissolve": lambda: _("Dissolve"),
    "merge": lambda: _("Merge into another"),
}


@require_GET
def cooperative_list(request: SignedInRequest) -> HttpResponse:
    """List the cooperatives within reach, by name."""
    scope = request.user.scope
    found = _found(request)
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": found,
        "day": found.day,
        "page": page,
        "table": table_of(list(page.object_list), found.day),
        "provinces": province_choices(scope.read, found.day),
        "may_register": policies.may_register_anywhere(scope),
    }
    return render(request, "cooperatives/cooperative_list.html", context)


@require_GET
def cooperative_export(request: SignedInRequest) -> HttpResponse:
    """Hand out the list as it is narrowed, as a workbook."""
    found = _found(request)
    return workbook_answer(
        workbook_of(found.qs.for_export()[:MOST_EXPORTED], found.day), "cooperatives.xlsx"
    )


@require_GET
def cooperative_template(request: SignedInRequest) -> HttpResponse:
    """Hand out the workbook in which many cooperatives are entered."""
    if not policies.may_register_anywhere(request.user.scope):
        raise PermissionDenied
    return workbook_answer(empty_workbook(), "cooperatives-to-enter.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def cooperative_upload(request: SignedInRequest) -> HttpResponse:
    """Enter many cooperatives from a workbook; a faulty one comes back marked if asked."""
    if not policies.may_register_anywhere(request.user.scope):
        raise PermissionDenied
    page = FormPage(
        _("Enter cooperatives from Excel"),
        _("Read the workbook"),
        reverse("cooperative-list"),
        crumbs(),
        note=_("All rows are entered, or none: then every fault is named."),
    )
    enter = partial(register_all, by=request.user)
    done = partial(_entered, request)
    return workbook_page(request, enter, page, done, name="cooperatives-marked.xlsx")


@require_GET
def cooperative_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one cooperative with its returns and its history."""
    row = reachable(request, pk)
    day = usual_day(timezone.localdate())
    context = {"page": load_page(row, day, request.user.scope), "day": day}
    return render(request, "cooperatives/cooperative_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def cooperative_create(request: SignedInRequest) -> HttpResponse:
    """Enter a cooperative into the register."""
    if not policies.may_register_anywhere(request.user.scope):
        raise PermissionDenied
    page = FormPage(
        _("Enter a cooperative"), _("Enter the cooperative"), reverse("cooperative-list"), crumbs()
    )
    make = partial(CooperativeForm, by=request.user)
    return form_page(request, make, page, partial(_saved, request))


@require_http_methods(["GET", "HEAD", "POST"])
def cooperative_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what the register says of a cooperative."""
    row = hers(request, pk)
    back = reverse("cooperative-detail", args=[pk])
    page = FormPage(
        _("Change: %(name)s") % {"name": row.label}, _("Save"), back, crumbs((back, row.label))
    )
    make = partial(CooperativeForm, by=request.user, row=row)
    return form_page(request, make, page, partial(_saved, request))


@require_http_methods(["GET", "HEAD", "POST"])
def cooperative_turn(request: SignedInRequest, pk: int, turn: str) -> HttpResponse:
    """Record that it is suspended, works again, is dissolved or merged."""
    if turn not in TURNS:
        raise Http404
    row = hers(request, pk)
    back, said = reverse("cooperative-detail", args=[pk]), TURNS[turn]()
    page = FormPage(f"{said}: {row.label}", said, back, crumbs((back, row.label)))
    make = partial(EndingForm, by=request.user, row=row, turn=turn)
    return form_page(request, make, page, partial(_saved, request))


@require_POST
def cooperative_join(request: SignedInRequest, pk: int, double: int) -> HttpResponseBase:
    """Join a double entry with the one that is kept."""
    kept, other = hers(request, pk), hers(request, double)
    try:
        services.join_duplicate(kept.pk, other.pk, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The two entries are joined; nothing is lost."))
    return redirect("cooperative-detail", pk)


def reachable(request: SignedInRequest, pk: int) -> Cooperative:
    """Return the cooperative if it lies within what she may read, else answer 404."""
    within = Cooperative.objects.within(request.user.scope.read)
    loaded = within.select_related("commune__parent", "successor", "duplicate_of")
    return get_object_or_404(loaded, pk=pk)


def hers(request: SignedInRequest, pk: int) -> Cooperative:
    """Return the cooperative if she may change it; 404 out of reach, 403 where she only reads."""
    row = reachable(request, pk)
    if not policies.may_register(request.user.scope, row.commune.path):
        raise PermissionDenied
    return row


def crumbs(*more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the path to a page of the register."""
    return ((reverse("cooperative-list"), _("Cooperatives")), *more)


def _found(request: SignedInRequest) -> CooperativeFilter:
    rows = Cooperative.objects.within(request.user.scope.read).counted().for_listing()
    return CooperativeFilter(request.GET, queryset=rows)


def _entered(request: SignedInRequest, entered: int) -> HttpResponse:
    sentence = ngettext(
        "%(count)s cooperative is entered.", "%(count)s cooperatives are entered.", entered
    )
    messages.success(request, sentence % {"count": entered})
    return redirect("cooperative-list")


def _saved(request: SignedInRequest, row: Cooperative) -> HttpResponse:
    messages.success(request, _("“%(name)s” is saved.") % {"name": row.label})
    return redirect("cooperative-detail", row.pk)
