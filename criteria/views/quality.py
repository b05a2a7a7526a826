"""The list of what is odd in a round, ranked, for who verifies and who types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from criteria.models import ReportingRound
from criteria.presentation.quality import WarningLine, sentence_of
from criteria.presentation.recognitions import provinces_within
from criteria.quality.whole_round import warnings_in
from criteria.views.reach import PortalRequest
from ntm_portal.accounts.scope import NATION_PATH

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

PER_PAGE = 100


@require_GET
def round_warnings(request: PortalRequest, code: str) -> HttpResponseBase:
    """Show the warnings in her area; of the whole nation, one province at a time."""
    round_ = get_object_or_404(ReportingRound, code=code)
    scope = request.user.scope
    area = scope.write | scope.verify or scope.read
    context = {"round": round_, "asks_province": NATION_PATH in area}
    if NATION_PATH in area:
        provinces = provinces_within(scope, round_.reference_date)
        chosen = [item for item in provinces if item.code == request.GET.get("within")]
        area = frozenset(item.path for item in chosen)
        context |= {"provinces": provinces, "within": request.GET.get("within", "")}
    found = warnings_in(round_, area) if area else []
    if unit := request.GET.get("unit"):
        found = [item for item in found if item.assessment.unit.code == unit]
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context |= {
        "page": page,
        "lines": [WarningLine(item, sentence_of(item.warned)) for item in page.object_list],
        "unexplained": sum(not item.is_explained for item in found),
        "is_chosen": bool(area),
    }
    return render(request, "criteria/round_warnings.html", context)
