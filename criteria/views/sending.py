"""The list of what an officer may send, and sending at once what is complete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from criteria.models import Assessment, ReportingRound
from criteria.presentation.sending import load_sending
from criteria.presentation.wording import name_in_sentence
from criteria.services.bulk_sending import submit_many
from criteria.services.late import LATE_REASON_REQUIRED
from criteria.views.reach import PortalRequest
from criteria.views.seen import seen_in

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from criteria.services.bulk_sending import BulkSent

CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
def send_list(request: PortalRequest, code: str) -> HttpResponseBase:
    """Show the communes that are complete; send those that she ticked."""
    round_ = get_object_or_404(ReportingRound, code=code)
    if request.method != "POST":
        page = load_sending(round_, request.user)
        return render(request, "criteria/send_list.html", {"page": page})
    hers = Assessment.objects.filter(round=round_).within(request.user.scope.write)
    seen = seen_in(request, hers)
    late_reason = request.POST.get("late_reason", "")
    done = submit_many(seen, by=request.user, late_reason=late_reason)
    if any(refusal.code == LATE_REASON_REQUIRED for _item, refusal in done.refused):
        context = {"page": load_sending(round_, request.user), "late_reason": late_reason}
        context |= {"refused": next(error for _item, error in done.refused)}
        return render(request, "criteria/send_list.html", context, status=CONFLICT)
    _say(request, done)
    return redirect("round-send" if done.refused or not done.count else "worklist", round_.code)


def _say(request: PortalRequest, done: BulkSent) -> None:
    if done.count:
        sentence = ngettext(
            "%(count)s commune is sent.", "%(count)s communes are sent.", done.count
        )
        messages.success(request, sentence % {"count": done.count})
    elif not done.refused:
        messages.info(request, _("Nothing is sent: no commune was chosen."))
    for assessment, refusal in done.refused:
        messages.warning(request, f"{name_in_sentence(assessment.unit)}: {refusal}")
