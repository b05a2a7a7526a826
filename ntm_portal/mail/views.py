"""A person's choices of mails, and turning a kind off from the mail itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ntm_portal.accounts.form_pages import FormPage, form_page
from ntm_portal.accounts.models import User
from ntm_portal.mail import choices, kinds, links, services
from ntm_portal.mail.forms import ChoicesForm

if TYPE_CHECKING:
    from django.http import HttpRequest

    from ntm_portal.accounts.requests import SignedInRequest


@require_http_methods(["GET", "POST"])
def choose(request: SignedInRequest) -> HttpResponse:
    """Show which mails she gets, and record what she chooses."""
    address = request.user.email
    page = FormPage(
        title=_("Your mails"),
        action=_("Save your choices"),
        back=reverse("home"),
        note=_("They go to %(address)s.") % {"address": address}
        if address
        else _("No mail reaches you: your account has no address. An administrator adds it."),
    )

    def done(saved: object) -> HttpResponse:
        messages.success(request, _("Your choices are saved."))
        return redirect("mail-choose")

    return form_page(request, partial(ChoicesForm, person=request.user), page, done)


@csrf_exempt  # a mail program posts it without having seen a page (RFC 8058)
@login_not_required
@require_http_methods(["GET", "POST"])
def turn_off(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether the kind is to be turned off; a post, also of a mail program, turns it off."""
    person, kind = _meant(token)
    if request.method == "POST":
        services.turn_off(kind.code, by=person)
    is_off = not choices.wants(person, kind.code)
    return render(request, "mail/turn_off.html", {"kind": kind, "is_off": is_off})


def _meant(token: str) -> tuple[User, kinds.Kind]:
    read = links.read(token)
    kind = kinds.of(read[1]) if read else None
    if read is None or kind is None:
        raise Http404
    return get_object_or_404(User, pk=read[0]), kind
