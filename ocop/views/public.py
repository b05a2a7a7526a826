"""Pages that need no sign-in while the public site is on: the catalogue, one product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from communes.unit_choice import province_choices
from ntm_portal.accounts.public import public
from ntm_portal.accounts.scope import NATION_PATH
from ocop.days import usual_day
from ocop.filters import ProductFilter
from ocop.models import Certificate, Product, ProductPhoto
from ocop.presentation.listing import is_in_force, line_of, table_of
from ocop.views.products import picture
from ocop.views.reach import PER_PAGE

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


@public
def catalogue(request: HttpRequest) -> HttpResponseBase:
    """List the products that are certified today."""
    today = timezone.localdate()
    day = usual_day(today)
    held = Product.objects.holding(Certificate.objects.in_force(day).standardised())
    found = ProductFilter(request.GET, queryset=held.for_listing(), day=day)
    for name in ("state", "origin", "on", "kind"):  # what only who keeps the register asks
        del found.form.fields[name]
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": found,
        "day": day,
        "page": page,
        "table": table_of(list(page.object_list), day, page="public-product"),
        "provinces": province_choices([NATION_PATH], day),
    }
    return render(request, "ocop/catalogue.html", context)


@public
def public_product(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say what a product is and whether its certificate is in force today."""
    loaded = Product.objects.filter(certificates__isnull=False).distinct()
    product = get_object_or_404(loaded.select_related("producer", "commune__parent"), pk=pk)
    today = timezone.localdate()
    line = line_of(product, product.certificates.all(), today)
    context = {
        "row": product,
        "line": line,
        "today": today,
        "holds": line.certificate is not None and is_in_force(line.certificate, today),
        "photos": product.photos.all(),
    }
    return render(request, "ocop/public_product.html", context)


@public
def public_photo(_request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out a picture of a product that was certified."""
    certified = Product.objects.filter(certificates__isnull=False)
    return picture(get_object_or_404(ProductPhoto, product__in=certified, pk=pk))
