"""The registers over the API: exact rows, the same filters as the pages, no draft, no neighbour."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.test import Client, override_settings

from cooperatives import services as cooperative_services
from cooperatives.services import ReturnEntry
from ocop import services
from ocop.services import ChainEntry
from tests.api_client import reader_of
from tests.cooperatives.rows import a_cooperative
from tests.factories import ProvinceFactory
from tests.ocop.rows import DAY, a_certificate, a_product, officer

if TYPE_CHECKING:
    from ntm_portal.accounts.models import User
    from ocop.models import Certificate

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    return officer()


@pytest.fixture
def certificate(by: User) -> Certificate:
    return a_certificate(by)


def test_a_certificate_is_told_exactly(certificate: Certificate) -> None:
    product = certificate.product
    assert reader_of(ProvinceFactory()).rows("certificates/") == [
        {
            "id": certificate.pk,
            "product": product.pk,
            "product_name": "Mật ong rừng",
            "group": "food",
            "unit": product.commune.code,
            "stars": 4,
            "award_kind": "first",
            "decided_by_level": "province",
            "decision_number": "12/QĐ-UBND",
            "valid_from": "2020-10-01",
            "valid_to": "2023-09-30",
            "is_potential_five": False,
            "revoked_on": None,
            "superseded_by": None,
            "is_demonstration": False,
        }
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"stars": "4", "on": "2020-12-31"}, 1),
        ({"stars": "4", "on": "2024-01-01"}, 0),
        ({"q": "MAT ONG"}, 1),
        ({"state": "none"}, 0),
        ({"within": "62"}, 1),
    ],
)
def test_products_are_narrowed_as_on_the_page(
    certificate: Certificate, query: dict[str, str], found: int
) -> None:
    assert certificate.stars == 4
    assert len(reader_of(ProvinceFactory()).rows("products/", **query)) == found


def test_a_return_is_read_once_it_was_sent(by: User) -> None:
    cooperative = a_cooperative(by, members=20)
    row = cooperative_services.save_return(
        cooperative.pk, 2020, ReturnEntry(score=Decimal(70)), by=by
    )
    reader = reader_of(ProvinceFactory())
    assert reader.rows("yearly-returns/") == []
    cooperative_services.submit_return(row.pk, by=by)
    told = reader.rows("yearly-returns/", year="2020")[0]
    assert (told["rating"], told["rule"], told["is_effective"]) == ("fair", "tt01-2020", True)
    assert reader.rows("cooperatives/", state="effective", on="2020-12-31")[0]["members"] == 20


def test_a_chain_names_its_members(by: User) -> None:
    product = a_product(by)
    entry = ChainEntry("Chuỗi", product.commune, DAY, products=[product])
    chain = services.register_chain(entry, by=by)
    services.record_contracts(chain.pk, 2020, 3, Decimal("10.5"), by=by)
    told = reader_of(ProvinceFactory()).rows("value-chains/")[0]
    assert (told["products"], told["producers"]) == ([product.pk], [])
    assert told["contracts"] == [{"year": 2020, "number": 3, "value_million_vnd": "10.50"}]


@pytest.mark.parametrize(
    "address",
    [
        "products/",
        "producers/",
        "certificates/",
        "cooperatives/",
        "yearly-returns/",
        "value-chains/",
    ],
)
def test_another_province_is_as_if_it_were_not_there(
    by: User, certificate: Certificate, address: str
) -> None:
    a_cooperative(by)
    reader = reader_of(ProvinceFactory(code="42", name="Tỉnh Hà Tĩnh"))
    assert reader.rows(address) == []
    assert reader.get(f"products/{certificate.product_id}/").status_code == 404


@pytest.mark.parametrize("address", ["products/", "certificates/"])
def test_the_public_reads_what_was_certified_when_it_is_turned_on(
    by: User, certificate: Certificate, address: str
) -> None:
    a_product(by, name="Chưa công nhận", producer=certificate.product.producer)
    assert Client().get(f"/api/v1/{address}").status_code == 401
    with override_settings(PUBLIC_SITE=True):
        told = Client().get(f"/api/v1/{address}").json()["results"]
        assert len(told) == 1
        assert Client().get("/api/v1/producers/").status_code == 401
