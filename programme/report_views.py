"""The reports of a place: asked for, made in the background, kept, and handed out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from communes.models import AdministrativeUnit
from ntm_portal.jobs import services as jobs
from ntm_portal.lib.uploads import hand_out
from programme import reach
from programme.dashboard import places
from programme.models import Report
from programme.report_forms import OfficeForm
from programme.reports.making import CONTENT_TYPES

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from ntm_portal.accounts.requests import SignedInRequest
    from ntm_portal.accounts.scope import Scope
    from programme.dashboard.ground import Ground
    from programme.dashboard.rounds import Rounds

UNPROCESSABLE, SHOWN = 422, 20


@require_http_methods(["GET", "HEAD", "POST"])
@reach.explained
def report_list(request: SignedInRequest, code: str) -> HttpResponse:
    """Show the reports made of a place in a round, and make another."""
    rounds = reach.rounds(request).of_round
    found = reach.ground(request, code, rounds)
    if found.unit.level == AdministrativeUnit.Level.COMMUNE or rounds.chosen is None:
        raise reach.UnknownAddressError("report", code, _larger(found, rounds, request.user.scope))
    form = OfficeForm(found.unit, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        arguments = {"unit": code, "round": rounds.chosen.code, "office": form.said.as_json()}
        back = f"{reverse('report-list', args=[code])}{rounds.query}"
        with transaction.atomic():
            job = jobs.start("report", arguments, by=request.user, back=back)
        return redirect("job-detail", job.pk)
    made = Report.objects.filter(unit_code=code, round=rounds.chosen).select_related("made_by")
    context = {
        "unit": found.unit,
        "rounds": rounds,
        "crumbs": places.crumbs(found, request.user.scope),
        "is_demonstration": rounds.is_demonstration,
        "form": form,
        "reports": made[:SHOWN],
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "programme/report_list.html", context, status=status)


def _larger(found: Ground, rounds: Rounds, scope: Scope) -> list[reach.Link]:
    """Return the reports of what the place lies in, as far as the reader may go."""
    return [
        reach.Link(
            f"{reverse('report-list', args=[step.unit.code])}{rounds.query}", step.unit.label
        )
        for step in places.crumbs(found, scope)[:-1]
        if step.is_open
    ]


@require_GET
def report_file(request: SignedInRequest, pk: int, form: str) -> HttpResponseBase:
    """Hand out a report in one of its forms to whoever may read its place."""
    report = get_object_or_404(Report.objects.select_related("round"), pk=pk)
    if not request.user.scope.may_read(report.path) or form not in Report.FORMS:
        raise Http404
    return hand_out(getattr(report, form), report.file_name(form), CONTENT_TYPES[form])
