"""The designations of a unit: read by who may see it, stated by who administers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communes.models import AdministrativeUnit
from criteria.designation_forms import DesignationForm
from criteria.presentation.designations import load_designations
from criteria.services.designations import designate, may_designate
from criteria.views.reach import PortalRequest
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from django.http import HttpResponse

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def unit_designations(request: PortalRequest, code: str) -> HttpResponse:
    """Show the designations of a unit and what is proposed from its former units; state one."""
    scope = request.user.scope
    readable = AdministrativeUnit.objects.within(scope.read).filter(code=code)
    versions = sorted(readable, key=lambda unit: (unit.valid_from is not None, unit.valid_from))
    if not versions:
        raise Http404
    may_state = may_designate(scope, versions[-1])
    if request.method == "POST" and not may_state:
        raise PermissionDenied
    form = DesignationForm(
        request.POST if request.method == "POST" else None, versions, request.GET.dict()
    )
    if request.method == "POST" and form.is_valid():
        try:
            designate([form.standing], by=request.user)
        except DomainError as refusal:
            form.add_error("valid_from", str(refusal))
        else:
            messages.success(request, _("The designation is recorded; open rounds follow it."))
            return redirect("unit-designations", code)
    context = {"page": load_designations(versions), "form": form, "may_state": may_state}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "criteria/unit_designations.html", context, status=status)
