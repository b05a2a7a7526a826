"""The sets of criteria and their tables of thresholds, open to everybody who is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from criteria import policies
from criteria.models import CriteriaSet, ProvincialDecision
from criteria.presentation.thresholds import load_table
from criteria.presentation.thresholds_workbook import CONTENT_TYPE, workbook_of
from criteria.threshold_filters import ChoiceForm
from criteria.views.reach import PortalRequest

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from communes.models import AdministrativeUnit
    from criteria.presentation.thresholds import Table


@require_GET
def set_list(request: PortalRequest) -> HttpResponseBase:
    """Show every set, and which of them nobody could read in full."""
    sets = CriteriaSet.objects.annotate(
        indicators_known=Count("criteria__indicators", distinct=True),
        criteria_known=Count("criteria", distinct=True),
    ).order_by("level", "standard", "valid_from", "code")
    return render(request, "criteria/set_list.html", {"sets": sets})


@require_GET
def set_thresholds(request: PortalRequest, code: str) -> HttpResponseBase:
    """Show what a set asks where."""
    criteria_set = get_object_or_404(CriteriaSet, code=code)
    form = ChoiceForm(criteria_set, request.GET.dict())
    table = load_table(criteria_set, form.choice)
    context = {
        "form": form,
        "table": table,
        "decisions": _decisions(request, table),
        "settable": _settable(request, table),
        "may_confirm": policies.may_confirm_law(request.user.scope),
    }
    return render(request, "criteria/thresholds_table.html", context)


@require_GET
def set_workbook(request: PortalRequest, code: str) -> HttpResponseBase:
    """Send the table, narrowed as on the page, as an Excel workbook."""
    criteria_set = get_object_or_404(CriteriaSet, code=code)
    table = load_table(criteria_set, ChoiceForm(criteria_set, request.GET.dict()).choice)
    answer = HttpResponse(workbook_of(table), content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{criteria_set.code}.xlsx"'
    return answer


def _decisions(request: PortalRequest, table: Table) -> list[ProvincialDecision]:
    """Return the decisions of the province looked at, or of all; drafts for her own only."""
    found = table.criteria_set.decisions.select_related("province")
    if table.choice.province:
        found = found.filter(province__code=table.choice.province.code)
    scope = request.user.scope
    return [item for item in found if policies.may_see_decision(scope, item)]


def _settable(request: PortalRequest, table: Table) -> AdministrativeUnit | None:
    """Return the province for which she may set levels: the one looked at, or her only one."""
    scope, chosen = request.user.scope, table.choice.province
    looked_at = [chosen] if chosen else table.provinces
    hers = [item for item in looked_at if policies.may_set_levels(scope, item)]
    return hers[0] if len(hers) == 1 else None
