"""Who reads what: every address of the API, for every role, with every verb."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from communes.models import AdministrativeUnit
from criteria.models import Assessment
from ntm_portal.accounts.models import User
from programme.models import Summary, Target
from tests.api_client import ApiReader, reader_of
from tests.factories import (
    AssessmentFactory,
    DistrictFactory,
    NationFactory,
    ProvinceFactory,
    RoundFactory,
    UnitFactory,
    UserFactory,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

pytestmark = pytest.mark.django_db
LISTS = ("assessments/", "rounds/", "summaries/", "targets/", "units/")
MORE = (
    *("changes/", "criteria-sets/", "designations/", "measures/", "recognitions/"),
    *("successions/", "tallies/", "thresholds/", "values/", "verdicts/"),
    *("certificates/", "cooperatives/", "producers/", "products/", "value-chains/"),
    *("yearly-returns/", "published-figures/"),
)
OPEN = ("freshness/", "health/live/", "health/ready/")


@dataclass(frozen=True)
class Portal:
    """One commune of Kon Tum with something to read at every address, and a neighbour."""

    nation: AdministrativeUnit
    province: AdministrativeUnit
    neighbour: AdministrativeUnit
    assessment: Assessment

    @property
    def rows(self) -> tuple[str, ...]:
        """Return the address of one row of each list that has such."""
        code = self.assessment.unit.code
        return (
            f"assessments/{self.assessment.pk}/",
            "rounds/2020-Q4/",
            "targets/national/",
            f"units/{code}/",
        )

    @property
    def addresses(self) -> tuple[str, ...]:
        """Return every address there is."""
        return ("", "schema/", *LISTS, *MORE, *self.rows)


@pytest.fixture
def portal() -> Portal:
    assessment = AssessmentFactory(unit=UnitFactory(code="23329"))
    for code in ("23329", "608", "62", "VN"):
        Summary.objects.create(
            unit=AdministrativeUnit.objects.get(code=code),
            round=RoundFactory(),
            basis="reported",
            computed_at=timezone.now(),
        )
    Target.objects.create(
        code="national",
        metric="communes_below_10",
        comparator="<",
        value=600,
        due_on=date(2020, 12, 31),
    )
    return Portal(
        NationFactory(),
        ProvinceFactory(),
        ProvinceFactory(code="42", name="Tỉnh Hà Tĩnh"),
        assessment,
    )


def person(portal: Portal, who: str) -> ApiReader:
    if who == "superuser":
        return ApiReader(UserFactory(is_superuser=True))
    if who == "nobody":
        return ApiReader(UserFactory())
    role, _, where = who.partition(" of ")
    return reader_of(getattr(portal, where), role)


@pytest.mark.parametrize(
    ("who", "units", "summaries", "assessments", "targets"),
    [
        ("committee of nation", 5, 4, 1, 1),
        ("administrator of nation", 5, 4, 1, 1),
        ("superuser", 5, 4, 1, 1),
        ("officer of province", 3, 3, 1, 0),
        ("verifier of province", 3, 3, 1, 0),
        ("committee of province", 3, 3, 1, 0),
        ("officer of neighbour", 1, 0, 0, 0),
        ("nobody", 0, 0, 0, 0),
    ],
)
def test_a_list_holds_what_lies_within_the_area_of_the_reader(
    portal: Portal, who: str, units: int, summaries: int, assessments: int, targets: int
) -> None:
    reader = person(portal, who)
    found = {address: len(reader.rows(address)) for address in LISTS}
    assert found == {
        "assessments/": assessments,
        "rounds/": 1,
        "summaries/": summaries,
        "targets/": targets,
        "units/": units,
    }


@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("committee of nation", [200, 200, 200, 200]),
        ("superuser", [200, 200, 200, 200]),
        ("officer of province", [200, 200, 404, 200]),
        ("verifier of province", [200, 200, 404, 200]),
        ("officer of neighbour", [404, 200, 404, 404]),
        ("nobody", [404, 200, 404, 404]),
    ],
)
def test_what_lies_out_of_reach_is_not_found(portal: Portal, who: str, statuses: list[int]) -> None:
    reader = person(portal, who)
    assert [reader.get(address).status_code for address in portal.rows] == statuses


def test_asking_for_a_place_out_of_reach_finds_nothing(portal: Portal) -> None:
    reader = person(portal, "officer of neighbour")
    assert reader.rows("summaries/", within="62") == []
    assert reader.rows("assessments/", unit="23329") == []
    assert reader.rows("units/", within="VN") == reader.rows("units/", code="42")


def test_a_stranger_reads_nothing(portal: Portal) -> None:
    client = APIClient()
    for address in (*portal.addresses, "no/such/address/"):
        response = client.get(f"/api/v1/{address}")
        assert response.status_code == 401, address
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["code"] == "not-authenticated"


@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete", "options"])
def test_the_api_is_only_read_except_where_it_is_written(portal: Portal, verb: str) -> None:
    client = person(portal, "superuser").client
    written = {"post": {"values/"}, "patch": {f"assessments/{portal.assessment.pk}/"}}
    for address in {*portal.addresses, "no/such/address/"} - written.get(verb, set()):
        response = getattr(client, verb)(f"/api/v1/{address}", {}, format="json")
        assert response.status_code == 405, address
        assert response.json()["code"] == "method-not-allowed"
    assert len(portal.addresses) == 28


def test_a_person_who_is_signed_in_reads_without_a_token(
    portal: Portal, client_of: Callable[[User], Client]
) -> None:
    client = client_of(UserFactory(roles={"committee": portal.nation}))
    for address in portal.addresses:
        assert client.get(f"/api/v1/{address}").status_code == 200, address


def test_the_addresses_to_go_on_from_are_named(portal: Portal) -> None:
    reader = person(portal, "superuser")
    beginnings = reader.get("").json()
    assert {f"{name}/" for name in beginnings} == {*LISTS, *MORE, "freshness/", "schema/"}
    for address in beginnings.values():
        assert reader.client.get(address).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "nowhere/",
        "units/nowhere/",
        "rounds/2020-Q4/more/",
        "assessments/x/",
        f"assessments/{10**30}/",
    ],
)
def test_an_address_where_nothing_is_says_so(portal: Portal, address: str) -> None:
    response = person(portal, "superuser").get(address)
    assert response.status_code == 404
    assert response.json()["code"] == "not-found"


def test_an_address_without_its_last_slash_leads_to_the_right_one(portal: Portal) -> None:
    response = person(portal, "superuser").get("units", code="62")
    assert response.status_code == 301
    assert response["Location"] == "/api/v1/units/?code=62"


def test_another_format_is_refused(portal: Portal) -> None:
    response = person(portal, "superuser").client.get("/api/v1/units/", HTTP_ACCEPT="text/html")
    assert response.status_code == 406
    assert response.json()["code"] == "not-acceptable"


@pytest.mark.parametrize(
    ("asked", "language", "title"),
    [("vi", "vi", "Không tìm thấy"), ("", "vi", "Không tìm thấy"), ("en-GB", "en", "Not found")],
)
def test_a_problem_is_told_in_the_language_of_the_reader(
    portal: Portal, asked: str, language: str, title: str
) -> None:
    client = person(portal, "superuser").client
    response = client.get("/api/v1/nowhere/", HTTP_ACCEPT_LANGUAGE=asked)
    assert response["Content-Language"] == language
    assert response.json()["title"] == title


def test_a_district_reads_itself(portal: Portal) -> None:
    reader = reader_of(DistrictFactory())
    assert {row["unit"] for row in reader.rows("summaries/")} == {"608", "23329"}
