"""Both registers' double entries stand on one list and are joined from there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cooperatives.models import Cooperative
from ocop.models import Producer
from tests.cooperatives.rows import a_cooperative
from tests.factories import DistrictFactory, ProvinceFactory, UnitFactory, UserFactory
from tests.ocop.rows import a_producer, officer

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from ntm_portal.accounts.models import User

    ClientOf = Callable[[User], Client]

pytestmark = pytest.mark.django_db
LIST = "/ocop/doubles/"


@pytest.fixture
def by() -> User:
    return officer()


@pytest.fixture
def hers(client_of: ClientOf, by: User) -> Client:
    client = client_of(by)
    client.cookies["language"] = "en"
    return client


def test_alike_by_name_and_commune_or_by_tax_number_are_offered_and_joined(
    hers: Client, by: User
) -> None:
    commune = UnitFactory()
    kept = a_producer(by, commune, name="Hộ Sâm Ngọc")
    double = a_producer(by, commune, name="HỘ SAM NGOC", phone="0123")
    a_producer(by, UnitFactory(), name="Hộ Sâm Ngọc")  # of another commune
    a_producer(by, name="Chính", tax_code="0100109106")
    a_producer(by, name="Chi nhánh", tax_code="0100109106-001")
    one = a_cooperative(by, name="HTX Đăk Hà", commune=commune)
    two = a_cooperative(by, name="HTX Dak Ha", commune=commune)
    page = hers.get(LIST).content.decode()
    assert f"/ocop/producers/{kept.pk}/join/{double.pk}/" in page
    assert f"/cooperatives/{one.pk}/join/{two.pk}/" in page
    assert page.count("/join/") == 3
    assert page.count(">tax number<") == 1
    hers.post(f"/ocop/producers/{kept.pk}/join/{double.pk}/")
    hers.post(f"/cooperatives/{one.pk}/join/{two.pk}/")
    assert Producer.objects.get(pk=double.pk).duplicate_of == kept
    assert Cooperative.objects.get(pk=two.pk).duplicate_of == one
    assert hers.get(LIST).content.decode().count("/join/") == 1


def test_another_province_has_its_own_list_and_who_only_reads_has_none(
    client_of: ClientOf, hers: Client, by: User
) -> None:
    theirs = UnitFactory(parent=DistrictFactory(code="436", parent=ProvinceFactory(code="42")))
    for _turn in range(2):
        Producer.objects.create(
            name="Hộ Kín",
            search_name="ho kin",
            kind="farm",
            commune=theirs,
            joined_on=date(2020, 1, 1),
        )
    assert "Nothing in your area looks double." in hers.get(LIST).content.decode()
    reader = client_of(UserFactory(roles={"committee": ProvinceFactory()}))
    assert reader.get(LIST).status_code == 403


def test_thirty_doubles_cost_the_queries_of_one(hers: Client, by: User) -> None:
    counts = []
    for number in (1, 30):
        for index in range(number):
            commune = UnitFactory()
            for _turn in range(2):
                a_producer(by, commune, name=f"Hộ {number} {index}")
        with CaptureQueriesContext(connection) as queries:
            hers.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10
