"""The rules of recognition, and confirming one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from criteria import policies
from criteria.models.sets import Confidence
from criteria.presentation.rules import load_rules, rule_owner, rule_text
from criteria.recognition.law import fact
from criteria.rule_forms import RuleConfirmationForm
from criteria.services.confirming_rules import check_confirming_rule, confirm_rule
from criteria.views.reach import PortalRequest
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from typing import Any

    from django.http.response import HttpResponseBase

UNPROCESSABLE = 422


@require_GET
def recognition_rules(request: PortalRequest) -> HttpResponseBase:
    """Show every rule with its certainty, open to everybody who is signed in."""
    blocks = load_rules()
    rows = [row for block in blocks for row in block.rows]
    context = {
        "blocks": blocks,
        "total": len(rows),
        "unread": sum(row.is_open for row in rows),
        "may_confirm": policies.may_confirm_law(request.user.scope),
    }
    return render(request, "criteria/recognition_rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rule_confirm(request: PortalRequest, key: str) -> HttpResponseBase:
    """Take what was read of one rule, and write it."""
    if not policies.may_confirm_law(request.user.scope):
        raise PermissionDenied
    if (found := fact(key)) is None:
        raise Http404
    context: dict[str, Any] = {  # as templates take it
        "fact": found,
        "text": rule_text(found),
        "owner": rule_owner(key),
        "certainty": Confidence(found.confidence).label,
    }
    posted = request.POST if request.method == "POST" else None
    form = context["form"] = RuleConfirmationForm(found, posted)
    try:
        check_confirming_rule(found, request.user)
        if posted is not None and form.is_valid():
            confirm_rule(key, form.reference, by=request.user)
            messages.success(request, _("The rule is confirmed with its reference."))
            return redirect("recognition-rules")
    except DomainError as refusal:
        context["refusal"] = refusal
    status = UNPROCESSABLE if posted is not None else 200
    return render(request, "criteria/rule_confirm.html", context, status=status)
