"""Value chains: the list, one of them, entering and changing, the contracts of a year."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from communes.unit_choice import province_choices
from ntm_portal.accounts.form_pages import FormPage, form_page
from ntm_portal.accounts.requests import SignedInRequest
from ocop import policies
from ocop.chain_forms import ChainForm, ContractsForm
from ocop.filters import ChainFilter
from ocop.models import ChainContract, ValueChain
from ocop.views.reach import PER_PAGE, crumbs, require_keeper

CONTRACTS = Prefetch("contracts", ChainContract.objects.order_by("-year"))


@require_GET
def chain_list(request: SignedInRequest) -> HttpResponse:
    """List the chains within reach, by name."""
    scope = request.user.scope
    rows = ValueChain.objects.within(scope.read).for_listing().prefetch_related(CONTRACTS)
    found = ChainFilter(request.GET, queryset=rows)
    context = {
        "filter": found,
        "page": Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page")),
        "provinces": province_choices(scope.read, timezone.localdate()),
        "may_register": policies.may_register_anywhere(scope),
    }
    return render(request, "ocop/chain_list.html", context)


@require_GET
def chain_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one chain with who is joined in it and its contracts."""
    row = _reachable(request, pk)
    context = {
        "row": row,
        "steps": row.steps.select_related("by").order_by("-pk")[:100],
        "may_change": policies.may_register(request.user.scope, row.lead_unit.path),
    }
    return render(request, "ocop/chain_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def chain_create(request: SignedInRequest) -> HttpResponse:
    """Enter a chain."""
    if not policies.may_register_anywhere(request.user.scope):
        raise PermissionDenied
    page = FormPage(
        _("Enter a value chain"), _("Enter the chain"), reverse("chain-list"), _crumbs()
    )
    make = partial(ChainForm, by=request.user)
    return form_page(request, make, page, partial(_saved, request))


@require_http_methods(["GET", "HEAD", "POST"])
def chain_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a chain."""
    row = _reachable(request, pk)
    require_keeper(request, row.lead_unit.path)
    back = reverse("chain-detail", args=[pk])
    title = _("Change: %(name)s") % {"name": row.label}
    page = FormPage(title, _("Save"), back, _crumbs((back, row.label)))
    make = partial(ChainForm, by=request.user, row=row)
    return form_page(request, make, page, partial(_saved, request))


@require_http_methods(["GET", "HEAD", "POST"])
def chain_contracts(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record the contracts of a year."""
    row = _reachable(request, pk)
    require_keeper(request, row.lead_unit.path)
    back = reverse("chain-detail", args=[pk])
    title = _("Contracts of a year: %(name)s") % {"name": row.label}
    page = FormPage(title, _("Record the contracts"), back, _crumbs((back, row.label)))
    make = partial(ContractsForm, by=request.user, row=row)
    return form_page(request, make, page, lambda _contract: redirect(back))


def _reachable(request: SignedInRequest, pk: int) -> ValueChain:
    within = ValueChain.objects.within(request.user.scope.read)
    joined = ("communes", "cooperatives", "producers", "products", CONTRACTS)
    loaded = within.select_related("lead_unit__parent").prefetch_related(*joined)
    return get_object_or_404(loaded, pk=pk)


def _crumbs(*more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return crumbs((reverse("chain-list"), _("Value chains")), *more)


def _saved(request: SignedInRequest, row: ValueChain) -> HttpResponse:
    messages.success(request, _("“%(name)s” is saved.") % {"name": row.label})
    return redirect("chain-detail", row.pk)
