"""Products: the list, one of them, entering and changing, pictures, the list to take away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from communes.unit_choice import province_choices
from ntm_portal.accounts.form_pages import FormPage, form_page
from ntm_portal.accounts.requests import SignedInRequest
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.uploads import show
from ntm_portal.lib.workbooks import CONTENT_TYPE
from ocop import policies, services
from ocop.days import asked_day
from ocop.filters import ProductFilter
from ocop.models import Product, ProductPhoto
from ocop.presentation.exporting import csv_lines, workbook_of
from ocop.presentation.listing import table_of
from ocop.presentation.products import load_page
from ocop.register_forms import PhotoForm, ProductForm
from ocop.views.reach import (
    MOST_EXPORTED,
    PER_PAGE,
    crumbs,
    crumbs_of,
    product_of,
    require_keeper,
)

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase


@require_GET
def product_list(request: SignedInRequest) -> HttpResponse:
    """List the products within reach, by name."""
    scope = request.user.scope
    found = _found(request)
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    of_day = f"?on={found.day.isoformat()}" if request.GET.get("on") else ""
    context = {
        "filter": found,
        "day": found.day,
        "page": page,
        "table": table_of(list(page.object_list), found.day, query=of_day),
        "provinces": province_choices(scope.read, found.day),
        "may_register": policies.may_register_anywhere(scope),
    }
    return render(request, "ocop/product_list.html", context)


@require_GET
def product_export(request: SignedInRequest, kind: str) -> HttpResponseBase:
    """Hand out the list as it is narrowed, as a workbook or as CSV."""
    found = _found(request)
    rows = list(found.qs.for_export()[:MOST_EXPORTED])
    if kind == "csv":
        answer: HttpResponseBase = StreamingHttpResponse(
            csv_lines(rows, found.day), content_type="text/csv; charset=utf-8"
        )
    else:
        answer = HttpResponse(workbook_of(rows, found.day), content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="ocop-products.{kind}"'
    return answer


@require_GET
def product_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one product: what it is, what councils found, what it holds on a day."""
    product = product_of(request, pk)
    day = asked_day(request.GET, timezone.localdate())
    context = {"page": load_page(product, day, request.user.scope), "day": day}
    return render(request, "ocop/product_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def product_create(request: SignedInRequest) -> HttpResponse:
    """Enter a product."""
    if not policies.may_register_anywhere(request.user.scope):
        raise PermissionDenied
    page = FormPage(_("Enter a product"), _("Enter the product"), reverse("product-list"), crumbs())
    make = partial(ProductForm, by=request.user)
    initial = {"producer": request.GET.get("producer", "")}
    return form_page(request, make, page, partial(_saved, request), initial=initial)


@require_http_methods(["GET", "HEAD", "POST"])
def product_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what the register says of a product."""
    product = product_of(request, pk)
    require_keeper(request, product.commune.path)
    title = _("Change: %(name)s") % {"name": product.label}
    back = reverse("product-detail", args=[pk])
    page = FormPage(title, _("Save"), back, crumbs_of(product))
    make = partial(ProductForm, by=request.user, row=product)
    return form_page(request, make, page, partial(_saved, request))


@require_http_methods(["GET", "HEAD", "POST"])
def photo_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add a picture."""
    product = product_of(request, pk)
    require_keeper(request, product.commune.path)
    title = _("Add a picture: %(name)s") % {"name": product.label}
    back = reverse("product-detail", args=[pk])
    page = FormPage(title, _("Add the picture"), back, crumbs_of(product))
    make = partial(PhotoForm, by=request.user, product=product)
    return form_page(request, make, page, lambda _photo: redirect(back))


@require_POST
def photo_remove(request: SignedInRequest, pk: int, photo: int) -> HttpResponse:
    """Take a picture off the page."""
    product = product_of(request, pk)
    require_keeper(request, product.commune.path)
    get_object_or_404(product.photos, pk=photo)
    try:
        services.remove_photo(pk, photo, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("product-detail", pk)


@require_GET
def photo_show(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Hand out a picture of a product within reach."""
    products = Product.objects.within(request.user.scope.read).order_by()
    return picture(get_object_or_404(ProductPhoto, product__in=products, pk=pk))


def picture(photo: ProductPhoto) -> HttpResponseBase:
    """Return the picture; 404 where its file is lost."""
    return show(photo.file, "image/jpeg")


def _found(request: SignedInRequest) -> ProductFilter:
    return ProductFilter(
        request.GET, queryset=Product.objects.within(request.user.scope.read).for_listing()
    )


def _saved(request: SignedInRequest, product: Product) -> HttpResponse:
    messages.success(request, _("“%(name)s” is saved.") % {"name": product.label})
    return redirect("product-detail", product.pk)
