"""The groups of a province's communes: typed, foreseen, written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from criteria.grouping_forms import GroupingForm
from criteria.models import CriteriaSet
from criteria.presentation.decisions import by_commune
from criteria.services.grouping import communes_of, foresee_groups, regroup, standing_groups
from criteria.views.provincial import hers_by_code
from criteria.views.reach import PortalRequest
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from typing import Any

    from django.http.response import HttpResponseBase

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def commune_groups(request: PortalRequest, code: str, province: str) -> HttpResponseBase:
    """Take the groups; show what they change; with `confirm`, write them."""
    criteria_set = get_object_or_404(CriteriaSet, code=code)
    unit = hers_by_code(request, province)
    today = timezone.localdate()
    communes = communes_of(unit, min(today, criteria_set.valid_to or today))
    posted = request.POST if request.method == "POST" else None
    form = GroupingForm(criteria_set, communes, standing_groups(unit), posted)
    context: dict[str, Any] = {  # as templates take it
        "form": form,
        "province": unit,
        "the_set": criteria_set,
    }
    status = 200
    if posted is not None and not form.is_valid():
        status = UNPROCESSABLE
    elif posted is not None and "confirm" in posted:
        try:
            effects = regroup(criteria_set, unit, form.grouping, by=request.user)
        except DomainError as refusal:
            form.add_error("valid_from", str(refusal))
            status = UNPROCESSABLE
        else:
            sentence = _("The groups hold. Verdicts changed: %(gained)s gained, %(lost)s lost.")
            messages.success(request, sentence % {"gained": effects.gained, "lost": effects.lost})
            return redirect("commune-groups", code, province)
    elif posted is not None:
        context["effects"] = foresee_groups(criteria_set, unit, form.grouping)
        context["communes"] = by_commune(context["effects"])
    return render(request, "criteria/provincial_groups.html", context, status=status)
