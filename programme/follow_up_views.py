"""What followed to the successors of units that are gone: one list to look through and tick off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from communes.models import FollowUp
from programme.follow_up_filters import FollowUpFilter
from programme.resolutions.checking import check_off

if TYPE_CHECKING:
    from django.http import HttpResponse

    from communes.querysets import FollowUpQuerySet
    from ntm_portal.accounts.requests import SignedInRequest

PAGE_SIZE = 50


@require_GET
def follow_up_list(request: SignedInRequest) -> HttpResponse:
    """List what followed, the latest change of the map first."""
    found = FollowUpFilter(request.GET, queryset=_hers(request))
    rows = found.qs.select_related("resolution", "checked_by")
    latest = rows.annotate(day=Coalesce("resolution__effective_date", "listed_for"))
    latest = latest.order_by("-day", "kind", "pk")
    context = {
        "filter": found,
        "page": Paginator(latest, PAGE_SIZE).get_page(request.GET.get("page")),
        "asked": request.GET.urlencode(),
    }
    return render(request, "programme/follow_up_list.html", context)


@require_POST
def follow_up_check(request: SignedInRequest) -> HttpResponse:
    """Tick what was looked at, and show the list as it was narrowed."""
    ticked = [int(key) for key in request.POST.getlist("checked") if key.isdecimal()]
    count = check_off(_hers(request), ticked, by=request.user)
    sentence = ngettext("%(count)s recorded as checked.", "%(count)s recorded as checked.", count)
    messages.success(request, sentence % {"count": count})
    return redirect(f"{reverse('follow-up-list')}?{request.GET.urlencode()}")


def _hers(request: SignedInRequest) -> FollowUpQuerySet:
    """Return what followed in the area that she administers; others find no such page."""
    if not request.user.scope.administers:
        raise Http404
    return FollowUp.objects.within(request.user.scope.administer)
