"""Producers and products in Excel: handed out as they stand, taken back all or nothing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from ntm_portal.accounts.form_pages import FormPage
from ntm_portal.accounts.requests import SignedInRequest
from ntm_portal.accounts.workbook_pages import workbook_answer, workbook_page
from ocop import policies, register_tables
from ocop.views.reach import crumbs

if TYPE_CHECKING:
    from django.http import HttpResponse

TABLES = {"producers": register_tables.producer_table, "products": register_tables.product_table}
ENTERING = {
    "producers": register_tables.enter_producers,
    "products": register_tables.enter_products,
}
TITLES = {
    "producers": lambda: _("Producers from Excel"),
    "products": lambda: _("Products from Excel"),
}


@require_GET
def register_template(request: SignedInRequest, kind: str) -> HttpResponse:
    """Hand out the workbook: what stands in the register, and room for new rows."""
    _require_keeper(request)
    return workbook_answer(TABLES[kind](request.user).workbook(), f"ocop-{kind}-to-fill.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def register_upload(request: SignedInRequest, kind: str) -> HttpResponse:
    """Save what a workbook says."""
    _require_keeper(request)
    page = FormPage(
        TITLES[kind](),
        _("Read the workbook"),
        reverse(f"{kind[:-1]}-list"),
        crumbs(),
        note=_(
            "The workbook holds what stands in the register; a row without a number is a new "
            "entry. All rows that say something new are saved, or none: then every fault is named."
        ),
        template="registers/workbook.html",
    )
    return workbook_page(
        request,
        partial(ENTERING[kind], by=request.user),
        page,
        partial(_entered, request, kind),
        name=f"ocop-{kind}-marked.xlsx",
        extra={"download": reverse(f"{kind}-template")},
    )


def _require_keeper(request: SignedInRequest) -> None:
    if not policies.may_register_anywhere(request.user.scope):
        raise PermissionDenied


def _entered(request: SignedInRequest, kind: str, saved: int) -> HttpResponse:
    sentence = ngettext("%(count)s row is saved.", "%(count)s rows are saved.", saved)
    messages.success(request, sentence % {"count": saved})
    return redirect(f"{kind[:-1]}-list")
