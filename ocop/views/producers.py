"""Producers: the list, one of them, entering and changing, double entries."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from communes.unit_choice import province_choices
from ntm_portal.accounts.form_pages import FormPage, form_page
from ntm_portal.accounts.requests import SignedInRequest
from ntm_portal.lib.errors import DomainError
from ocop import policies, services
from ocop.days import usual_day
from ocop.filters import ProducerFilter
from ocop.models import Producer
from ocop.presentation.listing import table_of
from ocop.register_forms import ProducerForm
from ocop.views.reach import PER_PAGE, crumbs, producer_of, require_keeper


@require_GET
def producer_list(request: SignedInRequest) -> HttpResponse:
    """List the producers within reach, by name."""
    scope = request.user.scope
    rows = Producer.objects.within(scope.read).counted().for_listing()
    found = ProducerFilter(request.GET, queryset=rows)
    context = {
        "filter": found,
        "day": found.day,
        "page": Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page")),
        "provinces": province_choices(scope.read, found.day),
        "may_register": policies.may_register_anywhere(scope),
    }
    return render(request, "ocop/producer_list.html", context)


@require_GET
def producer_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one producer with its products and its history."""
    row = producer_of(request, pk)
    day = usual_day(timezone.localdate())
    may_change = (
        policies.may_register(request.user.scope, row.commune.path) and not row.duplicate_of_id
    )
    products = row.products.within(request.user.scope.read).for_listing()
    same = Producer.objects.counted().filter(commune=row.commune_id, search_name=row.search_name)
    context = {
        "row": row,
        "day": day,
        "table": table_of(list(products), day),
        "steps": row.steps.select_related("by").order_by("-pk")[:100],
        "twins": same.exclude(pk=row.pk)[:5] if may_change else [],
        "may_change": may_change,
    }
    return render(request, "ocop/producer_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def producer_create(request: SignedInRequest) -> HttpResponse:
    """Enter a producer."""
    if not policies.may_register_anywhere(request.user.scope):
        raise PermissionDenied
    page = FormPage(
        _("Enter a producer"), _("Enter the producer"), reverse("producer-list"), _crumbs()
    )
    make = partial(ProducerForm, by=request.user)
    return form_page(request, make, page, partial(_saved, request))


@require_http_methods(["GET", "HEAD", "POST"])
def producer_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what the register says of a producer."""
    row = producer_of(request, pk)
    require_keeper(request, row.commune.path)
    back = reverse("producer-detail", args=[pk])
    title = _("Change: %(name)s") % {"name": row.label}
    page = FormPage(title, _("Save"), back, _crumbs((back, row.label)))
    make = partial(ProducerForm, by=request.user, row=row)
    return form_page(request, make, page, partial(_saved, request))


@require_POST
def producer_join(request: SignedInRequest, pk: int, double: int) -> HttpResponse:
    """Join a double entry with the one that is kept."""
    kept, other = producer_of(request, pk), producer_of(request, double)
    for row in (kept, other):
        require_keeper(request, row.commune.path)
    try:
        services.join_duplicate(kept.pk, other.pk, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The two entries are joined; nothing is lost."))
    return redirect("producer-detail", pk)


def _crumbs(*more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return crumbs((reverse("producer-list"), _("Producers")), *more)


def _saved(request: SignedInRequest, row: Producer) -> HttpResponse:
    messages.success(request, _("“%(name)s” is saved.") % {"name": row.label})
    return redirect("producer-detail", row.pk)
