"""Giving back a file of values that a browser kept: looked at first, then saved as chosen."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from criteria.models import ValueChange
from criteria.presentation.late import owes_reason
from criteria.presentation.rescue import lines_of
from criteria.rescue_forms import MOST_BYTES, KeptValue, read_file, written
from criteria.services import Entry, save_what_holds
from criteria.views.reach import PortalRequest
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http.response import HttpResponseBase

    from criteria.services.bulk import Refusal

UNPROCESSABLE, CONFLICT = 422, 409


@require_http_methods(["GET", "HEAD", "POST"])
def rescue(request: PortalRequest) -> HttpResponseBase:
    """Take a file, show what it would change beside what stands, save what she ticks."""
    if request.method != "POST":
        return render(request, "criteria/rescue.html")
    try:
        values = read_file(_sent(request))
    except DomainError as refusal:
        context = {"refusal": refusal}
        return render(request, "criteria/rescue.html", context, status=UNPROCESSABLE)
    if "apply" not in request.POST:
        return _preview(request, values, {})
    refused = _apply(request, values)
    return _preview(request, values, refused) if refused else redirect("home")


def _sent(request: PortalRequest) -> bytes:
    """Return the file; once it was looked at it comes back in a field of the form."""
    upload = request.FILES.get("file")
    if upload is not None:
        return bytes(upload.read(MOST_BYTES + 1))
    return request.POST.get("values", "").encode()


def _preview(
    request: PortalRequest, values: Sequence[KeptValue], refused: Mapping[str, str]
) -> HttpResponseBase:
    lines = lines_of(values, request.user, refused)
    hers = {line.assessment.pk: line.assessment for line in lines if line.assessment}
    context = {
        "lines": lines,
        "values": written(values),
        "refused": refused,
        "owes_reason": owes_reason(hers.values(), request.user),
        "late_reason": request.POST.get("late_reason", ""),
    }
    return render(request, "criteria/rescue.html", context, status=CONFLICT if refused else 200)


def _apply(request: PortalRequest, values: Sequence[KeptValue]) -> dict[str, str]:
    """Save what she ticked, over the version that she was shown; return what was refused."""
    chosen = dict(text.rpartition(":")[::2] for text in request.POST.getlist("take"))
    entries: defaultdict[int, list[Entry]] = defaultdict(list)
    for line in lines_of(values, request.user, {}):
        version = chosen.get(line.kept.key)
        if version is not None and not line.sentence:
            seen = int(version) if version.isdecimal() else None
            entries[line.kept.assessment_id].append(Entry(line.kept.code, line.kept.typed, seen))
    saved, refusals = save_what_holds(
        entries,
        by=request.user,
        channel=ValueChange.Channel.FILE,
        late_reasons=dict.fromkeys(entries, request.POST.get("late_reason", "")),
    )
    if saved.values:
        sentence = ngettext("%(count)s value saved.", "%(count)s values saved.", saved.values)
        messages.success(request, sentence % {"count": saved.values})
    return dict(_named(refusals, entries))


def _named(
    refusals: Sequence[Refusal], entries: Mapping[int, Sequence[Entry]]
) -> list[tuple[str, str]]:
    return [
        (f"{refusal.assessment_id}|{code}", str(refusal.error))
        for refusal in refusals
        for code in (
            [refusal.code]
            if refusal.code
            else [item.code for item in entries[refusal.assessment_id]]
        )
    ]
