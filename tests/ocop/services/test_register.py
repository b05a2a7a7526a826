"""Producers and products: what cannot be is refused with its sentence, what is kept is signed."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from communes.change_models import Change
from communes.models import StaleUnit
from ntm_portal.lib.errors import DomainError
from ocop import services
from ocop.models import OcopStep, Producer
from ocop.services import ProducerEntry, ProductEntry
from ocop.services.steps import last_step
from tests.factories import DistrictFactory, ProvinceFactory, UnitFactory
from tests.ocop.rows import a_producer, a_product, officer

if TYPE_CHECKING:
    from communes.models import AdministrativeUnit

pytestmark = pytest.mark.django_db


def elsewhere() -> AdministrativeUnit:
    province = ProvinceFactory(code="42", name="Tỉnh Hà Tĩnh")
    return UnitFactory(parent=DistrictFactory(code="436", parent=province))


def picture(kind: str = "PNG", size: tuple[int, int] = (2000, 1000)) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, "green").save(written, kind)
    return written.getvalue()


def test_a_producer_is_entered_signed_and_owed() -> None:
    by = officer()
    row = a_producer(by, tax_code="0100 109 106")
    assert (row.tax_code, row.search_name) == ("0100109106", "htx mat ong mang den")
    step = OcopStep.objects.get()
    assert (step.producer, step.kind, step.by) == (row, "registered", by)
    assert step.changes["tax_code"] == ["", "0100109106"]
    assert StaleUnit.objects.get().since == row.joined_on
    assert Change.objects.get().kind == "producer"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": "  "}, "name-required"),
        ({"tax_code": "0100109107"}, "bad-tax-code"),
        ({"tax_code": "12345"}, "bad-tax-code"),
        ({"registration_number": "<b>"}, "bad-registration-number"),
        ({"joined_on": timezone.localdate() + timedelta(days=2)}, "in-the-future"),
        ({"commune": None}, "not-allowed"),
        ({"tax_code": "0300588569"}, "tax-code-taken"),
        ({"name": "HTX Mat ong Mang Den"}, "looks-double"),
    ],
)
def test_a_producer_that_cannot_be_is_refused(changed: dict[str, Any], code: str) -> None:
    by = officer()
    first = a_producer(by, tax_code="0300588569")
    fields: dict[str, Any] = {
        "name": "Khác",
        "kind": "household",
        "commune": first.commune,
        "joined_on": date(2020, 1, 1),
    } | changed
    fields["commune"] = fields["commune"] or elsewhere()
    with pytest.raises(DomainError) as refusal:
        services.register_producer(ProducerEntry(**fields), by=by)
    assert refusal.value.code == code
    assert str(refusal.value)
    assert Producer.objects.count() == 1


def test_a_change_keeps_old_and_new_and_one_who_looked_before_is_told() -> None:
    by = officer()
    row = a_producer(by)
    seen, new = last_step(row), UnitFactory()
    old = row.commune
    entry = ProducerEntry(
        name=row.name, kind="household", commune=new, joined_on=date(2019, 5, 1), phone="0260"
    )
    StaleUnit.objects.all().delete()
    services.change_producer(row.pk, entry, by=by, seen=seen)
    step = OcopStep.objects.latest("pk")
    assert step.changes["joined_on"] == ["2020-03-01", "2019-05-01"]
    assert step.changes["kind"] == ["cooperative", "household"]
    marks = {(mark.unit_id, mark.since) for mark in StaleUnit.objects.all()}
    assert marks == {(old.pk, date(2019, 5, 1)), (new.pk, date(2019, 5, 1))}
    with pytest.raises(DomainError) as refusal:
        services.change_producer(row.pk, entry, by=by, seen=seen)
    assert refusal.value.code == "changed-meanwhile"


def test_a_product_is_where_its_producer_is_unless_said_otherwise() -> None:
    by = officer()
    product = a_product(by)
    assert product.commune == product.producer.commune
    other = UnitFactory()
    assert a_product(by, producer=product.producer, commune=other).commune == other


def test_a_product_of_a_double_entry_is_refused() -> None:
    by = officer()
    kept, double = a_producer(by), a_producer(by)
    services.join_duplicate(kept.pk, double.pk, by=by)
    double.refresh_from_db()
    with pytest.raises(DomainError) as refusal:
        services.register_product(ProductEntry("Trà", double, "drink"), by=by)
    assert refusal.value.code == "bad-producer"


def test_of_two_entries_of_one_producer_nothing_is_lost() -> None:
    by = officer()
    kept = a_producer(by, joined_on=date(2020, 5, 1), phone="1")
    double = a_producer(
        by, joined_on=date(2019, 5, 1), phone="2", tax_code="0100109106", address="Thôn 2"
    )
    product = a_product(by, producer=double)
    services.join_duplicate(kept.pk, double.pk, by=by, reason="nhập hai lần")
    kept.refresh_from_db()
    double.refresh_from_db()
    product.refresh_from_db()
    assert (kept.phone, kept.tax_code, kept.address) == ("1", "0100109106", "Thôn 2")
    assert (kept.joined_on, product.producer, double.duplicate_of) == (
        date(2019, 5, 1),
        kept,
        kept,
    )
    told = double.steps.get(kind="duplicate")
    assert told.changes["phone"] == ["", "2"]
    assert list(Producer.objects.counted()) == [kept]
    with pytest.raises(DomainError):
        services.join_duplicate(kept.pk, double.pk, by=by)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_kept_small_and_plain(kind: str) -> None:
    by = officer()
    product = a_product(by)
    upload = SimpleUploadedFile("../ảnh.png", picture(kind))
    photo = services.add_photo(product.pk, upload, by=by, caption="Tổ ong")
    with photo.file.open() as file, Image.open(file) as image:
        assert (image.format, image.size) == ("JPEG", (1280, 640))
    assert (photo.name, product.steps.latest("pk").kind) == ("ảnh.png", "photo_added")
    services.remove_photo(product.pk, photo.pk, by=by)
    assert not product.photos.exists()


@pytest.mark.parametrize(
    "content", [b"", b"<svg/>", b"%PDF-1.7", b"\x89PNG\r\n\x1a\nrest", b"GIF89a" + b"0" * 40]
)
def test_an_image_that_is_no_image_is_refused(content: bytes) -> None:
    by = officer()
    product = a_product(by)
    with pytest.raises(DomainError) as refusal:
        services.add_photo(product.pk, SimpleUploadedFile("a.png", content), by=by)
    assert refusal.value.code == "bad-document"
    assert not product.photos.exists()
