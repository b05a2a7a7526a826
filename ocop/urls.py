"""Addresses of the OCOP register and of its public pages."""

from django.urls import path

from ocop.views import (
    areas,
    certificates,
    chains,
    councils,
    doubles,
    law,
    producers,
    products,
    public,
    workbooks,
)

PRODUCT, EVALUATION, CERTIFICATE = (
    "products/<int:pk>/",
    "evaluations/<int:pk>/",
    "certificates/<int:pk>/",
)
TEMPLATE, UPLOAD = workbooks.register_template, workbooks.register_upload
EXPORT, LABEL = products.product_export, certificates.label_file

urlpatterns = [
    path("products/", products.product_list, name="product-list"),
    path("products/export.xlsx", EXPORT, {"kind": "xlsx"}, name="product-export"),
    path("products/export.csv", EXPORT, {"kind": "csv"}, name="product-export-csv"),
    path("products/to-fill.xlsx", TEMPLATE, {"kind": "products"}, name="products-template"),
    path("products/upload/", UPLOAD, {"kind": "products"}, name="products-upload"),
    path("products/new/", products.product_create, name="product-create"),
    path(PRODUCT, products.product_detail, name="product-detail"),
    path(f"{PRODUCT}edit/", products.product_edit, name="product-edit"),
    path(f"{PRODUCT}photos/new/", products.photo_add, name="photo-add"),
    path(f"{PRODUCT}photos/<int:photo>/remove/", products.photo_remove, name="photo-remove"),
    path(f"{PRODUCT}evaluations/new/", councils.evaluation_create, name="evaluation-create"),
    path(f"{PRODUCT}certificates/new/", certificates.certificate_create, name="certificate-create"),
    path(f"{PRODUCT}label/", certificates.label_show, name="label"),
    path(f"{PRODUCT}label.svg", LABEL, {"kind": "svg"}, name="label-svg"),
    path(f"{PRODUCT}label.pdf", LABEL, {"kind": "pdf"}, name="label-pdf"),
    path("photos/<int:pk>/", products.photo_show, name="photo"),
    path("producers/", producers.producer_list, name="producer-list"),
    path("producers/to-fill.xlsx", TEMPLATE, {"kind": "producers"}, name="producers-template"),
    path("producers/upload/", UPLOAD, {"kind": "producers"}, name="producers-upload"),
    path("producers/new/", producers.producer_create, name="producer-create"),
    path("producers/<int:pk>/", producers.producer_detail, name="producer-detail"),
    path("producers/<int:pk>/edit/", producers.producer_edit, name="producer-edit"),
    path("producers/<int:pk>/join/<int:double>/", producers.producer_join, name="producer-join"),
    path(EVALUATION, councils.evaluation_detail, name="evaluation-detail"),
    path(f"{EVALUATION}sheet.xlsx", councils.sheet_workbook, name="sheet-workbook"),
    path(f"{EVALUATION}sheets/upload/", councils.sheet_upload, name="sheet-upload"),
    path(f"{EVALUATION}sheets/new/", councils.sheet_create, name="sheet-create"),
    path(f"{EVALUATION}sheets/<int:sheet>/", councils.sheet_edit, name="sheet-edit"),
    path(f"{EVALUATION}sheets/<int:sheet>/remove/", councils.sheet_remove, name="sheet-remove"),
    path(f"{EVALUATION}conclude/", councils.evaluation_conclude, name="evaluation-conclude"),
    path(f"{EVALUATION}reopen/", councils.evaluation_reopen, name="evaluation-reopen"),
    path("certificates/", certificates.certificate_list, name="certificate-list"),
    path(f"{CERTIFICATE}revoke/", certificates.certificate_revoke, name="certificate-revoke"),
    path(f"{CERTIFICATE}notice/", certificates.notice_create, name="notice-create"),
    path("notices/<int:pk>/", certificates.notice_detail, name="notice-detail"),
    path("places/<str:code>/", areas.area_detail, name="ocop-area"),
    path("doubles/", doubles.double_list, name="double-list"),
    path("schemes/", law.scheme_list, name="scheme-list"),
    path("chains/", chains.chain_list, name="chain-list"),
    path("chains/new/", chains.chain_create, name="chain-create"),
    path("chains/<int:pk>/", chains.chain_detail, name="chain-detail"),
    path("chains/<int:pk>/edit/", chains.chain_edit, name="chain-edit"),
    path("chains/<int:pk>/contracts/", chains.chain_contracts, name="chain-contracts"),
    path("catalogue/", public.catalogue, name="catalogue"),
    path("catalogue/<int:pk>/", public.public_product, name="public-product"),
    path("catalogue/photos/<int:pk>/", public.public_photo, name="public-photo"),
]
