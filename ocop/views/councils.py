"""Evaluations: opened, scored by the assessors, concluded, explained down to the item."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ntm_portal.accounts.form_pages import FormPage, form_page
from ntm_portal.accounts.requests import SignedInRequest
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.workbooks import CONTENT_TYPE
from ocop import policies, services
from ocop.council_forms import ConclusionForm, DossierForm, ReopeningForm
from ocop.marks import grade_of
from ocop.models import AssessorSheet, Evaluation
from ocop.rulebooks import scheme_coded
from ocop.sheet_forms import SheetForm, SheetUploadForm
from ocop.sheet_workbook import workbook_of
from ocop.views.reach import Crumbs, crumbs_of, evaluation_of, product_of, require_keeper


@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_create(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open an evaluation of a product."""
    product = product_of(request, pk)
    require_keeper(request, product.commune.path)
    title = _("Open an evaluation: %(name)s") % {"name": product.label}
    back = reverse("product-detail", args=[pk])
    page = FormPage(title, _("Open the evaluation"), back, crumbs_of(product))
    make = partial(DossierForm, by=request.user, product=product)
    return form_page(request, make, page, lambda row: redirect("evaluation-detail", row.pk))


@require_GET
def evaluation_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show an evaluation with the sheets of its assessors and what they come to."""
    row = evaluation_of(request, pk)
    may_change = policies.may_register(request.user.scope, row.product.commune.path)
    context = {
        "row": row,
        "scheme": scheme_coded(row.scheme_code),
        "sheets": row.sheets.all(),
        "grade": grade_of(row),
        "certificates": row.certificates.all(),
        "may_change": may_change,
    }
    return render(request, "ocop/evaluation_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_create(request: SignedInRequest, pk: int) -> HttpResponse:
    """Type the sheet of an assessor."""
    row = _hers(request, pk)
    page = FormPage(
        _("Score sheet: %(name)s") % {"name": row.product.label},
        _("Save the sheet"),
        reverse("evaluation-detail", args=[pk]),
        _crumbs(row),
        note=row.sheet.name if row.sheet else "",
    )
    make = partial(SheetForm, by=request.user, evaluation=row)
    return form_page(request, make, page, partial(_sheet_saved, request))


@require_GET
def sheet_workbook(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hand out the score sheet as a workbook to fill in."""
    row = evaluation_of(request, pk)
    return _workbook(workbook_of(row), f"score-sheet-{pk}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_upload(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the sheet of an assessor as a workbook; a faulty one comes back marked if asked."""
    row = _hers(request, pk)
    page = FormPage(
        _("Score sheet from Excel: %(name)s") % {"name": row.product.label},
        _("Read the workbook"),
        reverse("evaluation-detail", args=[pk]),
        _crumbs(row),
    )
    made: list[SheetUploadForm] = []

    def make(*args: Any, **kwargs: Any) -> SheetUploadForm:  # Django's own arguments
        made.append(SheetUploadForm(*args, by=request.user, evaluation=row, **kwargs))
        return made[-1]

    answer = form_page(request, make, page, partial(_sheet_saved, request))
    marked = made[-1].marked if made else None
    return _workbook(marked, f"score-sheet-{pk}-marked.xlsx") if marked else answer


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_edit(request: SignedInRequest, pk: int, sheet: int) -> HttpResponse:
    """Change the sheet of an assessor."""
    row = _hers(request, pk)
    held = get_object_or_404(row.sheets, pk=sheet)
    page = FormPage(
        _("Score sheet of %(name)s") % {"name": held.assessor},
        _("Save the sheet"),
        reverse("evaluation-detail", args=[pk]),
        _crumbs(row),
    )
    make = partial(SheetForm, by=request.user, evaluation=row, row=held)
    return form_page(request, make, page, partial(_sheet_saved, request))


@require_POST
def sheet_remove(request: SignedInRequest, pk: int, sheet: int) -> HttpResponse:
    """Take a sheet away again."""
    row = _hers(request, pk)
    get_object_or_404(row.sheets, pk=sheet)
    try:
        services.remove_sheet(pk, sheet, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("evaluation-detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_conclude(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say which minimum conditions are met, and conclude."""
    row = _hers(request, pk)
    page = FormPage(
        _("Conclude the evaluation: %(name)s") % {"name": row.product.label},
        _("Conclude the evaluation"),
        reverse("evaluation-detail", args=[pk]),
        _crumbs(row),
    )
    make = partial(ConclusionForm, by=request.user, evaluation=row)
    return form_page(request, make, page, lambda done: redirect("evaluation-detail", done.pk))


@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open a concluded evaluation again."""
    row = _hers(request, pk)
    page = FormPage(
        _("Open again: %(name)s") % {"name": row.product.label},
        _("Open the evaluation again"),
        reverse("evaluation-detail", args=[pk]),
        _crumbs(row),
    )
    make = partial(ReopeningForm, by=request.user, evaluation=row)
    return form_page(request, make, page, lambda done: redirect("evaluation-detail", done.pk))


def _workbook(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _hers(request: SignedInRequest, pk: int) -> Evaluation:
    row = evaluation_of(request, pk)
    require_keeper(request, row.product.commune.path)
    return row


def _crumbs(row: Evaluation) -> Crumbs:
    here = (reverse("evaluation-detail", args=[row.pk]), _("Evaluation"))
    return (*crumbs_of(row.product), here)


def _sheet_saved(request: SignedInRequest, sheet: AssessorSheet) -> HttpResponse:
    sentence = _("The sheet of %(name)s is saved.")
    messages.success(request, sentence % {"name": sheet.assessor})
    return redirect("evaluation-detail", sheet.evaluation_id)
