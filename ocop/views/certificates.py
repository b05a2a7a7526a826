"""Certificates: the list, awards, revocations, notices before they end, labels."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from communes.unit_choice import province_choices
from ntm_portal.accounts.form_pages import FormPage, form_page
from ntm_portal.accounts.requests import SignedInRequest
from ocop import policies
from ocop.council_forms import AwardForm, NoticeForm, RevocationForm
from ocop.days import usual_day
from ocop.filters import CertificateFilter
from ocop.models import Certificate, ExpiryNotice
from ocop.presentation.labels import label_pdf, qr_svg
from ocop.presentation.listing import is_in_force, line_of
from ocop.views.reach import (
    PER_PAGE,
    certificate_of,
    crumbs_of,
    product_of,
    require_keeper,
)


@require_GET
def certificate_list(request: SignedInRequest) -> HttpResponse:
    """List the certificates within reach, the next to end first."""
    scope = request.user.scope
    rows = Certificate.objects.within(scope.read).for_listing().prefetch_related("notices")
    found = CertificateFilter(request.GET, queryset=rows)
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    lines = [
        (row, is_in_force(row, found.day), (row.valid_to - found.day).days)
        for row in page.object_list
    ]
    due = Certificate.objects.within(scope.read).due_notice(found.day).count()
    context = {
        "filter": found,
        "day": found.day,
        "due": due,
        "page": page,
        "lines": lines,
        "provinces": province_choices(scope.read, found.day),
    }
    return render(request, "ocop/certificate_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def certificate_create(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record an award for a product, on the evaluation that the address names."""
    product = product_of(request, pk)
    require_keeper(request, product.commune.path)
    asked = request.GET.get("evaluation", "")
    evaluation = (
        get_object_or_404(product.evaluations, pk=int(asked)) if asked.isdecimal() else None
    )
    initial = {"stars": evaluation.stars, "level": evaluation.level} if evaluation else None
    page = FormPage(
        _("Record a certificate: %(name)s") % {"name": product.label},
        _("Record the certificate"),
        reverse("product-detail", args=[pk]),
        crumbs_of(product),
        note=_("On the evaluation of %(total)s points, %(stars)s stars.")
        % {"total": evaluation.total, "stars": evaluation.stars}
        if evaluation
        else _("Without an evaluation in the portal."),
    )
    make = partial(AwardForm, by=request.user, product=product, evaluation=evaluation)
    return form_page(request, make, page, partial(_done, request), initial=initial)


@require_http_methods(["GET", "HEAD", "POST"])
def certificate_revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record that a certificate was taken away."""
    row = _decided(request, pk)
    page = FormPage(
        _("Revoke: %(name)s") % {"name": row.product.label},
        _("Record the revocation"),
        reverse("product-detail", args=[row.product_id]),
        crumbs_of(row.product),
        note=row.decision_number,
    )
    make = partial(RevocationForm, by=request.user, row=row)
    return form_page(request, make, page, partial(_done, request))


@require_http_methods(["GET", "HEAD", "POST"])
def notice_create(request: SignedInRequest, pk: int) -> HttpResponse:
    """Produce the notice that a certificate is about to end."""
    row = certificate_of(request, pk)
    require_keeper(request, row.product.commune.path)
    page = FormPage(
        _("Notice of the end: %(name)s") % {"name": row.product.label},
        _("Produce the notice"),
        reverse("product-detail", args=[row.product_id]),
        crumbs_of(row.product),
        note=_("At least 30 days before the end the holder is told in writing."),
    )
    make = partial(NoticeForm, by=request.user, row=row)
    return form_page(request, make, page, lambda notice: redirect("notice-detail", notice.pk))


@require_GET
def notice_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a notice as it was produced, to print."""
    within = Certificate.objects.within(request.user.scope.read).order_by()
    loaded = ExpiryNotice.objects.select_related("certificate__product", "produced_by")
    notice = get_object_or_404(loaded.filter(certificate__in=within), pk=pk)
    return render(request, "ocop/notice_detail.html", {"notice": notice})


@require_GET
def label_show(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the label with its code, to look at and to take."""
    product = product_of(request, pk)
    address = _address(request, pk)
    day = usual_day(timezone.localdate())
    code = mark_safe(qr_svg(address))  # noqa: S308  (made here, from our own address)
    context = {
        "row": product,
        "line": line_of(product, product.certificates.all(), day),
        "code": code,
        "address": address,
    }
    return render(request, "ocop/label_detail.html", context)


@require_GET
def label_file(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """Hand out the label: the code as SVG, the whole as PDF."""
    product = product_of(request, pk)
    address = _address(request, pk)
    if kind == "svg":
        answer = HttpResponse(qr_svg(address), content_type="image/svg+xml")
    else:
        day = usual_day(timezone.localdate())
        held = line_of(product, product.certificates.all(), day).certificate
        answer = HttpResponse(label_pdf(product, held, address), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="label-{pk}.{kind}"'
    return answer


def _address(request: SignedInRequest, pk: int) -> str:
    return request.build_absolute_uri(reverse("public-product", args=[pk]))


def _decided(request: SignedInRequest, pk: int) -> Certificate:
    row = certificate_of(request, pk)
    path = row.product.commune.path
    if not policies.may_certify(request.user.scope, path, row.decided_by_level):
        raise PermissionDenied
    return row


def _done(request: SignedInRequest, row: Certificate) -> HttpResponse:
    messages.success(request, _("It is recorded; the figures follow."))
    return redirect("product-detail", row.product_id)
