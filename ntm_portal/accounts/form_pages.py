"""A page with one form: shown, saved, or given back as it was typed with its sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _

from ntm_portal.accounts.kept import take

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from ntm_portal.accounts.requests import SignedInRequest
    from ntm_portal.lib.fields import RegisterForm

UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class FormPage:
    """What stands around the form: heading, verb on the button, where one leaves to."""

    title: str
    action: str
    back: str
    crumbs: tuple[tuple[str, str], ...] = ()
    note: str = ""
    template: str = "registers/form.html"


# The forms differ in what they take and save, hence Any.
def form_page(
    request: SignedInRequest,
    make: Callable[..., Any],
    page: FormPage,
    done: Callable[[Any], HttpResponse],
    *,
    initial: dict[str, Any] | None = None,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """Handle the page: `make` builds the form, `done` answers once it is saved."""
    if request.method == "POST":
        form = make(request.POST, request.FILES)
        if form.is_valid():
            saved = form.save()
            if saved is not None and not form.errors:
                return done(saved)
        return _shown(request, form, page, extra, UNPROCESSABLE)
    typed = take(request)
    if typed is not None:
        messages.warning(request, _("You are signed in again. What you typed is not saved yet."))
    form = make(initial=typed.dict() if typed else initial)
    return _shown(request, form, page, extra)


def _shown(
    request: SignedInRequest,
    form: RegisterForm,
    page: FormPage,
    extra: dict[str, Any] | None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "page": page, **(extra or {})}
    return render(request, page.template, context, status=status)
