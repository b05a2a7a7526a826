"""Which district and commune officers enter values, as their province chooses."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ntm_portal.accounts import delegating
from ntm_portal.accounts.delegation_forms import DelegationForm
from ntm_portal.accounts.form_pages import FormPage, form_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from ntm_portal.accounts.models import Assignment
    from ntm_portal.accounts.requests import SignedInRequest


@require_GET
def delegation_list(request: SignedInRequest) -> HttpResponse:
    """List who enters values for the districts and communes below hers."""
    _refuse_unless_able(request)
    rows = delegating.delegated_by(request.user.scope).order_by("unit__path", "user__username")
    return render(request, "accounts/delegation_list.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def delegation_create(request: SignedInRequest) -> HttpResponse:
    """Let somebody enter values for a unit."""
    _refuse_unless_able(request)
    page = FormPage(
        _("Let somebody enter values"),
        _("Let this officer enter"),
        reverse("delegation-list"),
        ((reverse("delegation-list"), _("Who enters values")),),
        note=_("The officer sees and types the values of this unit alone, and sends them."),
    )

    def done(held: Assignment) -> HttpResponse:
        sentence = _("%(person)s enters values for %(unit)s.")
        words = {"person": held.user.display_name, "unit": held.unit.label}
        messages.success(request, sentence % words)
        return redirect("delegation-list")

    return form_page(request, partial(DelegationForm, by=request.user), page, done)


@require_POST
def delegation_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a role back."""
    get_object_or_404(delegating.delegated_by(request.user.scope), pk=pk)
    held = delegating.withdraw(pk, by=request.user)
    sentence = _("%(person)s no longer enters values for %(unit)s.")
    words = {"person": held.user.display_name, "unit": held.unit.label}
    messages.success(request, sentence % words)
    return redirect("delegation-list")


def _refuse_unless_able(request: SignedInRequest) -> None:
    if not delegating.may_delegate(request.user.scope):
        raise PermissionDenied
