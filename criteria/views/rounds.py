"""The worklist of a round, and the steps of the round itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from criteria import policies, services
from criteria.filters import WorklistFilter
from criteria.models import Assessment, ReportingRound
from criteria.presentation.worklist import load_worklist, worklist_of
from criteria.views.reach import PortalRequest
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http.response import HttpResponseBase


@require_GET
def worklist(request: PortalRequest, code: str) -> HttpResponseBase:
    """Show what is still to do in the round for each commune within reach."""
    round_ = get_object_or_404(ReportingRound, code=code)
    rows = worklist_of(round_, request.user.scope)
    page = load_worklist(
        round_,
        rows,
        WorklistFilter(request.GET, queryset=rows).qs,
        reader=request.user,
        asked=request.GET.dict(),
        today=timezone.localdate(),
    )
    return render(request, "criteria/worklist.html", {"page": page})


@require_GET
def round_next(request: PortalRequest, code: str) -> HttpResponseBase:
    """Lead to the commune that she goes on with: what came back, what she began, the next one.

    Who has nothing to type goes on with what waits longest for her review.
    """
    round_ = get_object_or_404(ReportingRound, code=code)
    scope, inside = request.user.scope, Assessment.objects.filter(round=round_)
    to_type = inside.within(scope.write).with_officer().most_urgent_first().first()
    first = to_type or inside.within(scope.verify).with_verifier().order_by("submitted_at").first()
    if first is None:
        return redirect("worklist", code)
    return redirect("assessment-detail", first.pk)


def _step(do: Callable[..., ReportingRound]) -> Callable[..., HttpResponseBase]:
    """Make the view of one step of a round; the service decides and says why not."""

    @require_POST
    def view(request: PortalRequest, code: str) -> HttpResponseBase:
        round_ = get_object_or_404(ReportingRound, code=code)
        if not policies.may_run_rounds(request.user.scope):
            raise PermissionDenied
        try:
            do(round_.pk, by=request.user, reason=request.POST.get("reason", ""))
        except DomainError as refusal:
            messages.error(request, str(refusal))
        return redirect("round-detail", code)

    return view


round_close = _step(services.close_round)
round_reopen = _step(services.reopen_round)
