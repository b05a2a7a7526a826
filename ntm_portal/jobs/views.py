"""The page of a piece of work: how far it is, and what came of it; only for who asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from ntm_portal.jobs.kinds import kind_of
from ntm_portal.jobs.models import Job
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.uploads import hand_out

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from ntm_portal.accounts.requests import SignedInRequest


@never_cache
@require_GET
def job_detail(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Show how far it is; htmx asks for that part alone."""
    job = get_object_or_404(Job.objects.seen_by(request.user), pk=pk)
    is_part = request.headers.get("HX-Request") == "true"
    template = "jobs/_job.html" if is_part else "jobs/job_detail.html"
    return render(request, template, {"job": job, "title": title_of(job)})


@require_GET
def job_result(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Hand the file out."""
    job = get_object_or_404(Job.objects.seen_by(request.user), pk=pk)
    if not job.file:
        raise Http404
    return hand_out(job.file, job.file_name, job.content_type)


def title_of(job: Job) -> str:
    """Return what this kind of work is called; its name where it is no longer known."""
    try:
        return str(kind_of(job.kind).title)
    except DomainError:
        return job.kind
