"""The webhooks of whoever is signed in: given, tried, paused, told again, and how they fared."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from communes.change_models import Change
from ntm_portal.accounts.form_pages import FormPage, form_page
from ntm_portal.lib.errors import DomainError
from ntm_portal.webhooks import services
from ntm_portal.webhooks.delivering import try_out
from ntm_portal.webhooks.forms import EndpointForm, ReplayForm
from ntm_portal.webhooks.models import Endpoint

if TYPE_CHECKING:
    from django.http import HttpResponse

    from ntm_portal.accounts.requests import SignedInRequest

SHOWN = 50
TURNS = {"pause": services.pause, "resume": services.resume, "end": services.end}


@require_GET
def webhook_list(request: SignedInRequest) -> HttpResponse:
    """List her webhooks by name, with how far each was told."""
    rows = Endpoint.objects.filter(owner=request.user).exclude(state=Endpoint.State.ENDED)
    context = {"rows": rows, "last": Change.objects.last_seq()}
    return render(request, "webhooks/webhook_list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def webhook_create(request: SignedInRequest) -> HttpResponse:
    """Take an address; the answer is the only place where its secret is ever shown."""
    page = FormPage(
        _("Make a webhook"),
        _("Make the webhook"),
        reverse("webhook-list"),
        _crumbs(),
        note=_("An address of another system is told what changes within your area."),
    )

    def done(made: tuple[Endpoint, str]) -> HttpResponse:
        endpoint, secret = made
        context = {"endpoint": endpoint, "secret": secret}
        return render(request, "webhooks/webhook_made.html", context)

    return form_page(request, partial(EndpointForm, by=request.user), page, done)


@require_GET
def webhook_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one of her webhooks with its last attempts."""
    endpoint = _own(request, pk)
    kinds = dict(Change.Kind.choices)
    context = {
        "endpoint": endpoint,
        "kinds": [kinds.get(kind, kind) for kind in endpoint.kinds],
        "last": Change.objects.last_seq(),
        "deliveries": endpoint.deliveries.all()[:SHOWN],
        "shown": SHOWN,
    }
    return render(request, "webhooks/webhook_detail.html", context)


@require_POST
def webhook_test(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send a message that tells nothing, and say whether it was taken."""
    delivery = try_out(_own(request, pk))
    if delivery.is_done:
        messages.success(request, _("The address took the message."))
    else:
        said = delivery.fault or _("it answered with %(status)s") % {"status": delivery.status}
        messages.error(request, _("The address did not take it: %(said)s.") % {"said": said})
    return redirect("webhook-detail", pk)


@require_POST
def webhook_turn(request: SignedInRequest, pk: int, turn: str) -> HttpResponse:
    """Pause it, go on, or end it."""
    endpoint = _own(request, pk)
    try:
        TURNS[turn](endpoint.pk, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("webhook-list") if turn == "end" else redirect("webhook-detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def webhook_replay(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tell it again all from some change on."""
    endpoint = _own(request, pk)
    back = reverse("webhook-detail", args=[pk])
    page = FormPage(
        _("Tell again"),
        _("Tell again"),
        back,
        (*_crumbs(), (back, endpoint.name)),
        note=_("Each change keeps its number, so the other system can leave out what it has."),
    )
    make = partial(ReplayForm, by=request.user, endpoint=endpoint)
    return form_page(request, make, page, lambda _saved: redirect(back))


def _own(request: SignedInRequest, pk: int) -> Endpoint:
    own = Endpoint.objects.filter(owner=request.user).select_related("owner", "area")
    return get_object_or_404(own, pk=pk)


def _crumbs() -> tuple[tuple[str, str], ...]:
    return ((reverse("webhook-list"), _("Webhooks")),)
