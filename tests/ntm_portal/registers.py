"""One row of each register, of a province that the reader of a sweep does not reach."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cooperatives import services as cooperative_services
from cooperatives.services import ReturnEntry
from ocop import services
from ocop.services import ChainEntry, Letter, SheetEntry
from tests.cooperatives.rows import a_cooperative
from tests.ocop.rows import (
    DAY,
    PARTS,
    a_producer,
    a_product,
    an_award,
    an_evaluation,
    officer,
    scored,
)

if TYPE_CHECKING:
    from communes.models import AdministrativeUnit

PAGES = (
    *("/ocop/producers/{producer}/", "/ocop/producers/{producer}/edit/"),
    *("/ocop/products/{product}/", "/ocop/products/{product}/edit/"),
    *("/ocop/products/{product}/photos/new/", "/ocop/products/{product}/evaluations/new/"),
    *("/ocop/products/{product}/certificates/new/", "/ocop/products/{product}/label/"),
    *("/ocop/products/{product}/label.svg", "/ocop/products/{product}/label.pdf"),
    "/ocop/photos/{photo}/",
    *("/ocop/evaluations/{evaluation}/", "/ocop/evaluations/{evaluation}/sheet.xlsx"),
    *("/ocop/evaluations/{open}/sheets/upload/", "/ocop/evaluations/{open}/sheets/new/"),
    *("/ocop/evaluations/{open}/sheets/{sheet}/", "/ocop/evaluations/{open}/conclude/"),
    *("/ocop/certificates/{certificate}/revoke/", "/ocop/certificates/{certificate}/notice/"),
    *("/ocop/notices/{notice}/", "/ocop/places/62/"),
    *("/ocop/chains/{chain}/", "/ocop/chains/{chain}/edit/", "/ocop/chains/{chain}/contracts/"),
    *("/cooperatives/{cooperative}/", "/cooperatives/{cooperative}/edit/"),
    *("/cooperatives/{cooperative}/returns/2020/", "/cooperatives/{cooperative}/suspend/"),
    *("/cooperatives/{cooperative}/dissolve/", "/cooperatives/{cooperative}/merge/"),
    *("/api/v1/producers/{producer}/", "/api/v1/products/{product}/"),
    *("/api/v1/certificates/{certificate}/", "/api/v1/value-chains/{chain}/"),
    "/api/v1/cooperatives/{cooperative}/",
)
POSTS = (
    "/ocop/producers/{producer}/edit/",
    "/ocop/producers/{producer}/join/{producer}/",
    "/ocop/products/{product}/edit/",
    "/ocop/products/{product}/photos/new/",
    "/ocop/products/{product}/photos/{photo}/remove/",
    "/ocop/products/{product}/evaluations/new/",
    "/ocop/products/{product}/certificates/new/",
    "/ocop/evaluations/{open}/sheets/new/",
    "/ocop/evaluations/{open}/sheets/{sheet}/",
    "/ocop/evaluations/{open}/sheets/{sheet}/remove/",
    "/ocop/evaluations/{open}/sheets/upload/",
    "/ocop/evaluations/{open}/conclude/",
    "/ocop/evaluations/{evaluation}/reopen/",
    "/ocop/certificates/{certificate}/revoke/",
    "/ocop/certificates/{certificate}/notice/",
    "/ocop/chains/{chain}/edit/",
    "/ocop/chains/{chain}/contracts/",
    "/cooperatives/{cooperative}/edit/",
    "/cooperatives/{cooperative}/suspend/",
    "/cooperatives/{cooperative}/join/{cooperative}/",
    "/cooperatives/{cooperative}/returns/2020/",
    "/cooperatives/returns/{return}/submit/",
    "/cooperatives/returns/{return}/verify/",
    "/cooperatives/returns/{return}/return/",
)
API_LISTS = tuple(
    f"/api/v1/{name}/{narrowed}"
    for name in (
        *("producers", "products", "certificates", "value-chains"),
        *("cooperatives", "yearly-returns"),
    )
    for narrowed in ("", "?within=62")
)
LISTS = tuple(
    f"{address}{narrowed}"
    for address in (
        *("/ocop/products/", "/ocop/producers/", "/ocop/certificates/", "/ocop/chains/"),
        *("/cooperatives/", "/ocop/products/export.csv"),
    )
    for narrowed in ("", "?within=62", "?q=bi+mat")
)


def registers_of(commune: AdministrativeUnit, secret: str) -> dict[str, int]:
    """Make one of each, all called by the secret; return their keys by the names above."""
    by = officer()
    cooperative = a_cooperative(by, name=f"HTX {secret}", commune=commune)
    said = ReturnEntry(members=20, score=Decimal(80))
    return_ = cooperative_services.save_return(cooperative.pk, 2020, said, by=by)
    producer = a_producer(by, commune, name=f"Hộ {secret}", kind="household")
    product = a_product(by, name=f"Sâm {secret}", producer=producer)
    evaluation = scored(product, by, 80)
    again = an_evaluation(product, by, kind="upgrade", evaluated_on=date(2020, 11, 1))
    sheet = services.save_sheet(again.pk, SheetEntry(f"Ông {secret}", PARTS), by=by)
    certificate = services.certify(product.pk, an_award(number=f"7/{secret}", on=DAY), by=by)
    notice = services.notify(certificate.pk, Letter("5/TB", date(2023, 8, 1)), by=by)
    chain = services.register_chain(ChainEntry(f"Chuỗi {secret}", commune, DAY), by=by)
    content = BytesIO()
    Image.new("RGB", (8, 8)).save(content, "PNG")
    upload = SimpleUploadedFile(f"{secret}.png", content.getvalue())
    photo = services.add_photo(product.pk, upload, by=by)
    rows = {"producer": producer, "product": product, "evaluation": evaluation, "open": again}
    rows |= {"sheet": sheet, "certificate": certificate, "notice": notice, "chain": chain}
    rows |= {"photo": photo, "cooperative": cooperative, "return": return_}
    return {name: row.pk for name, row in rows.items()}
