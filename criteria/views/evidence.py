"""Files and notes behind a value: added, taken back, handed out to those who may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from criteria.models import Assessment, Evidence
from criteria.services import evidence as services
from criteria.views.reach import PortalRequest, reachable
from criteria.views.why import show_value
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.uploads import hand_out

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase


@require_POST
def evidence_add(request: PortalRequest, pk: int, code: str) -> HttpResponseBase:
    """Keep the files and the note that were sent for a value."""
    assessment = reachable(request, pk)
    uploads, text = request.FILES.getlist("files"), request.POST.get("note", "")
    try:
        if uploads or not text.strip():
            _tell(request, services.attach(pk, code, uploads, by=request.user))
        if text.strip():
            services.remark(pk, code, text, by=request.user)
            messages.success(request, _("The note is kept."))
    except DomainError as refusal:
        return show_value(request, assessment, code, note=text, refusal=refusal)
    return _back(assessment, code)


@require_POST
def evidence_withdraw(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Take a file back."""
    evidence = _within(request, pk)
    try:
        services.withdraw(pk, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return _back(evidence.assessment, evidence.measure.code)


@require_GET
def evidence_file(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Hand out a file to whoever may see the assessment it belongs to."""
    evidence = _within(request, pk)
    return hand_out(evidence.file, evidence.name, evidence.content_type)


def _within(request: PortalRequest, pk: int) -> Evidence:
    hers = Assessment.objects.within(request.user.scope.read).order_by()
    files = Evidence.objects.filter(assessment__in=hers)
    return get_object_or_404(files.select_related("assessment", "measure"), pk=pk)


def _tell(request: PortalRequest, added: list[Evidence]) -> None:
    if not added:
        messages.info(request, _("Nothing new: choose a file, or write a note."))
        return
    sentence = ngettext("%(count)s file is kept.", "%(count)s files are kept.", len(added))
    messages.success(request, sentence % {"count": len(added)})


def _back(assessment: Assessment, code: str) -> HttpResponse:
    return redirect(f"{reverse('value-detail', args=[assessment.pk, code])}#behind")
