"""Pages on which an administrator changes the map by hand, one resolution at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from communes.models import AdministrativeUnit, FollowUp, Resolution
from communes.querysets import path_within
from ntm_portal.accounts.form_pages import FormPage, form_page
from ntm_portal.lib.errors import DomainError
from programme.resolution_forms import ResolutionForm
from programme.resolutions import services
from programme.resolutions.checking import check_off
from programme.resolutions.foreseeing import MOST_VERSIONS, foresee
from programme.resolutions.resting import what_rests

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from ntm_portal.accounts.requests import SignedInRequest

PAGE_SIZE = 50
Kind = Resolution.Kind


@require_GET
def resolution_list(request: SignedInRequest) -> HttpResponse:
    """List the resolutions of her area, and the units of which nobody knows what they became."""
    rows = _hers(request).annotate(
        to_check=Count(
            "follow_ups", filter=Q(follow_ups__isnull=False, follow_ups__checked_at=None)
        )
    )
    rows = rows.order_by("-effective_date", "-pk")
    unresolved = AdministrativeUnit.objects.within(request.user.scope.administer)
    context = {
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "followed": FollowUp.objects.within(request.user.scope.administer).to_check().count(),
        "kinds": [choice for choice in Kind.choices if choice[0] != Kind.EXPLAIN],
        "unresolved": unresolved.filter(is_unresolved=True).select_related("parent"),
    }
    return render(request, "programme/resolution_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def resolution_new(request: SignedInRequest, kind: str) -> HttpResponse:
    """Type a resolution for the first time."""
    if not request.user.scope.administers or kind not in Kind.values:
        raise Http404
    initial = {"units": request.GET.get("unit", ""), "effective_date": request.GET.get("day", "")}
    return _typing(request, kind, None, initial)


@require_http_methods(["GET", "HEAD", "POST"])
def resolution_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Go on with a draft."""
    draft = get_object_or_404(_hers(request), pk=pk)
    if not draft.is_draft:
        return redirect("resolution-detail", pk)
    return _typing(request, draft.kind, draft, draft.content)


@require_GET
def resolution_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a resolution: of a draft what it would change, of an applied one what came of it."""
    resolution = get_object_or_404(_hers(request), pk=pk)
    form = ResolutionForm.of(resolution, request.user)
    context = {
        "resolution": resolution,
        "typed": [(form.fields[name].label, text) for name, text in _shown(resolution, form)],
        "steps": resolution.steps.select_related("by"),
    }
    if not resolution.is_draft:
        context["follow_ups"] = resolution.follow_ups.select_related("checked_by")
        context["rests"] = what_rests(resolution) if resolution.is_applied else []
        return render(request, "programme/resolution_detail.html", context)
    if form.is_valid() and form.act:
        effects = foresee(form.act)
        context |= {
            "effects": effects,
            "former": effects.foreseen.former[:MOST_VERSIONS],
            "coming": effects.foreseen.coming[:MOST_VERSIONS],
        }
    context["form"] = form
    return render(request, "programme/resolution_preview.html", context)


@require_POST
def resolution_apply(request: SignedInRequest, pk: int) -> HttpResponse:
    """Apply a draft to the map."""
    draft = get_object_or_404(_hers(request), pk=pk)
    form = ResolutionForm.of(draft, request.user)
    act = form.act if draft.is_draft and form.is_valid() else None
    if act is None:
        return redirect("resolution-detail", pk)
    sentence = _("Applied: the map is changed, its figures are being added up.")
    return _do(request, pk, lambda: services.apply(pk, act, by=request.user), sentence)


@require_POST
def resolution_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an applied resolution back."""
    get_object_or_404(_hers(request), pk=pk)
    sentence = _("Taken back: the map is as it was.")
    return _do(request, pk, lambda: services.withdraw(pk, by=request.user), sentence)


@require_POST
def resolution_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    get_object_or_404(_hers(request), pk=pk)
    try:
        services.discard(pk, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("resolution-detail", pk)
    messages.success(request, _("The draft is thrown away."))
    return redirect("resolution-list")


@require_POST
def resolution_check(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tick what was checked of the things that followed."""
    resolution = get_object_or_404(_hers(request), pk=pk)
    ticked = [int(key) for key in request.POST.getlist("checked") if key.isdecimal()]
    sentence = _("Recorded as checked.")
    rows = FollowUp.objects.filter(resolution=resolution)
    return _do(request, pk, lambda: check_off(rows, ticked, by=request.user), sentence)


def _hers(request: SignedInRequest) -> QuerySet[Resolution]:
    """Return the resolutions of the area that she administers; others are not found."""
    if not request.user.scope.administers:
        raise Http404
    return Resolution.objects.filter(path_within(request.user.scope.administer))


def _typing(
    request: SignedInRequest, kind: str, draft: Resolution | None, initial: dict[str, str]
) -> HttpResponse:
    back = reverse("resolution-detail", args=[draft.pk]) if draft else reverse("resolution-list")
    page = FormPage(
        title=_("Resolution: %(kind)s") % {"kind": Kind(kind).label},
        action=_("Show what it changes"),
        back=back,
        crumbs=((reverse("resolution-list"), _("Resolutions on the map")),),
        note=_("Next you see what it would change; nothing changes before you apply it."),
    )
    return form_page(
        request,
        lambda *args, **kwargs: ResolutionForm(
            *args, kind=kind, by=request.user, draft=draft, **kwargs
        ),
        page,
        lambda saved: redirect("resolution-detail", saved.pk),
        initial=initial,
    )


def _shown(resolution: Resolution, form: ResolutionForm) -> list[tuple[str, str]]:
    """Return what was typed, field by field, without what stands in the head of the page."""
    return [
        (name, text)
        for name, text in resolution.content.items()
        if text and name in form.fields and name not in {"effective_date", "legal_ref"}
    ]


def _do(request: SignedInRequest, pk: int, do: Callable[[], object], sentence: str) -> HttpResponse:
    try:
        do()
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, sentence)
    return redirect("resolution-detail", pk)
