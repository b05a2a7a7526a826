"""What is edited in the administration is signed and owed to the roll-up."""

from datetime import date

import pytest
from django.contrib.admin.sites import AdminSite
from django.forms import modelform_factory
from django.test import Client, RequestFactory
from django.urls import reverse

from communes.models import StaleUnit
from ocop.admin import CertificateAdmin, ProducerAdmin
from ocop.models import Certificate, Producer, Product
from tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def producer() -> Producer:
    return Producer.objects.create(
        name="Cơ sở Thử", kind="household", commune=UnitFactory(), joined_on=date(2020, 1, 1)
    )


def test_a_producer_that_moves_is_owed_in_both_communes(rf: RequestFactory) -> None:
    row = producer()
    old, new = row.commune, UnitFactory()
    row.commune = new
    ProducerAdmin(Producer, AdminSite()).save_model(
        rf.post("/"), row, modelform_factory(type(row), fields=[])(), change=True
    )
    assert {mark.unit for mark in StaleUnit.objects.all()} == {old, new}


def test_a_certificate_is_signed_and_its_commune_owed(rf: RequestFactory) -> None:
    maker = producer()
    product = Product.objects.create(
        name="Mật ong thử", producer=maker, commune=maker.commune, group="food"
    )
    row = Certificate(
        product=product,
        stars=3,
        decided_by_level="province",
        decision_number="1/QĐ-THỬ",
        valid_from=date(2020, 6, 1),
        valid_to=date(2023, 5, 31),
    )
    request = rf.post("/")
    request.user = UserFactory()
    CertificateAdmin(Certificate, AdminSite()).save_model(
        request, row, modelform_factory(type(row), fields=[])(), change=False
    )
    row.refresh_from_db()
    assert row.recorded_by == request.user
    assert StaleUnit.objects.get().unit == maker.commune


def test_a_certificate_that_changes_its_product_is_owed_in_both_communes(
    rf: RequestFactory,
) -> None:
    products = [
        Product.objects.create(
            name="Mật ong thử", producer=maker, commune=maker.commune, group="food"
        )
        for maker in (producer(), producer())
    ]
    request = rf.post("/")
    request.user = UserFactory()
    row = Certificate.objects.create(
        product=products[0],
        stars=3,
        decided_by_level="province",
        decision_number="1/QĐ-THỬ",
        valid_from=date(2020, 6, 1),
        valid_to=date(2023, 5, 31),
        recorded_by=request.user,
    )
    row.product = products[1]
    CertificateAdmin(Certificate, AdminSite()).save_model(
        request, row, modelform_factory(type(row), fields=[])(), change=True
    )
    owed = {mark.unit for mark in StaleUnit.objects.all()}
    assert owed == {product.commune for product in products}


@pytest.mark.parametrize("model", ["producer", "product", "evaluation", "certificate"])
@pytest.mark.parametrize("page", ["changelist", "add"])
def test_an_administrator_opens_every_page(client: Client, model: str, page: str) -> None:
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    assert client.get(reverse(f"admin:ocop_{model}_{page}")).status_code == 200
