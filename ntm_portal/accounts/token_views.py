"""The tokens of whoever is signed in: seen, made, revoked, and how much each is used."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ntm_portal.accounts import usage
from ntm_portal.accounts.form_pages import FormPage, form_page
from ntm_portal.accounts.token_forms import TokenForm
from ntm_portal.accounts.token_models import ApiToken, ApiTokenDay
from ntm_portal.accounts.token_services import revoke_token

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from ntm_portal.accounts.requests import SignedInRequest

SHOWN_DAYS = 30


@require_GET
def token_list(request: SignedInRequest) -> HttpResponse:
    """List her tokens, those in force first."""
    own = list(ApiToken.objects.filter(user=request.user).select_related("area"))
    used = _days(own).values("token").annotate(calls=Sum("requests"), faults=Sum("refused"))
    by_token = {row["token"]: row for row in used.order_by()}
    rows = [(token, by_token.get(token.pk)) for token in own]
    rows.sort(key=lambda row: not row[0].is_in_force)
    return render(request, "accounts/token_list.html", {"rows": rows, "days": SHOWN_DAYS})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def token_create(request: SignedInRequest) -> HttpResponse:
    """Make a token; the answer to the form is the only place where its key is ever shown."""
    page = FormPage(
        _("Make a token"),
        _("Make the token"),
        reverse("token-list"),
        ((reverse("token-list"), _("Tokens of the API")),),
        note=_("With it another system does what you may do, and nothing more."),
    )

    def done(made: tuple[ApiToken, str]) -> HttpResponse:
        token, key = made
        beginning = request.build_absolute_uri(reverse("api-root"))
        context = {"token": token, "key": key, "beginning": beginning}
        return render(request, "accounts/token_made.html", context)

    return form_page(request, partial(TokenForm, by=request.user), page, done)


@require_GET
def token_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what one of her tokens is for, and what it asked on each of the last days."""
    own = ApiToken.objects.filter(user=request.user).select_related("area")
    token = get_object_or_404(own, pk=pk)
    context = {"token": token, "lines": _days([token]), "days": SHOWN_DAYS}
    return render(request, "accounts/token_detail.html", context)


@require_POST
def token_revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """Revoke one of her tokens."""
    token = revoke_token(
        get_object_or_404(ApiToken.objects.filter(user=request.user), pk=pk).pk, by=request.user
    )
    sentence = _("The token “%(name)s” is revoked and opens nothing any more.")
    messages.success(request, sentence % {"name": token.name or token.pk})
    return redirect("token-list")


def _days(tokens: list[ApiToken]) -> QuerySet[ApiTokenDay]:
    """Return what the tokens asked on the last days, up to now."""
    keys = [token.pk for token in tokens]
    usage.write_down(keys)
    since = timezone.localdate() - timedelta(days=SHOWN_DAYS)
    return ApiTokenDay.objects.filter(token__in=keys, day__gt=since)
