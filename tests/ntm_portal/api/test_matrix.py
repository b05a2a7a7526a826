"""Role × resource × verb × own, other, published: the tables of docs/api.md, cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import override_settings
from rest_framework.test import APIClient

from ntm_portal.accounts.token_models import ApiToken
from tests.factories import NationFactory, ProvinceFactory, UserFactory
from tests.ntm_portal.api.matrix import (
    ELSEWHERE,
    OPEN,
    OWN,
    PUBLISHED,
    fill,
    places_in,
    rows_of,
    written_down,
)
from tests.ntm_portal.api.test_every_list import LISTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from criteria.models import Assessment

pytestmark = pytest.mark.django_db
READING, WRITING = written_down("Reading"), written_down("Writing values")
ROLES = ("officer", "verifier", "committee", "administrator")
FREE = {"jobs/"}  # of whoever asked for them alone
OF_ROUNDS = {"round", "TIME_PERIOD"}


def client_of(role: str) -> APIClient:
    """Return what somebody of this role sends her calls with; `officer of nation` is of all."""
    client = APIClient(headers={"accept-language": "en"})
    if role == "public":
        return client
    held, _, where = role.partition(" of ")
    may_write = "only reads" not in role
    held = "officer" if held.startswith("officer") else held
    unit = NationFactory() if where == "nation" else ProvinceFactory(code=OWN)
    owner = UserFactory(roles={} if held == "no role" else {held: unit})
    key = ApiToken.issue(owner, may_write=may_write)
    client.credentials(HTTP_AUTHORIZATION=f"Token {key}")
    return client


@pytest.fixture
def assessments() -> dict[tuple[str, str], Assessment]:
    return fill()


def test_the_table_names_every_list() -> None:
    named = {f"/api/v1/{address}" for address in READING}
    others = {address for address in LISTS if "/dhis2/" in address or "/23329/" in address}
    assert set(LISTS) - others - {f"/api/v1/{each}" for each in FREE} == named
    assert {cell for cells in READING.values() for cell in cells} == {"yes", "no", "–", "401"}


@pytest.mark.parametrize("role", [*ROLES, "committee of nation", "no role"])
def test_whoever_signs_in_reads_what_the_table_says(
    assessments: dict[tuple[str, str], Assessment], role: str
) -> None:
    client = client_of(role)
    for address, (own, elsewhere, nowhere, *_public) in READING.items():
        rows = rows_of(client.get(f"/api/v1/{address}"))
        seen = [places_in(row) for row in rows]
        reads_all = role == "committee of nation"
        assert any(OWN in each for each in seen) is (own == "yes" and role != "no role"), address
        assert any(ELSEWHERE in each for each in seen) is (own == "yes" and reads_all), address
        assert elsewhere in {"no", "–"}
        if own == "–" or nowhere == "yes":
            assert (set() in seen) is (nowhere == "yes"), address


@pytest.mark.parametrize("role", ROLES)
def test_a_round_is_read_before_it_is_published_by_who_signs_in(
    assessments: dict[tuple[str, str], Assessment], role: str
) -> None:
    client = client_of(role)
    for address in READING:
        rows = rows_of(client.get(f"/api/v1/{address}"))
        told = {str(row[name]) for row in rows for name in OF_ROUNDS & row.keys() if row[name]}
        if told and address not in {"targets/", "changes/"}:
            assert told == {OPEN, PUBLISHED}, address


@override_settings(PUBLIC_SITE=True, PUBLIC_API_RATE=10_000)
def test_the_public_reads_what_is_published_where_the_owner_allows(
    assessments: dict[tuple[str, str], Assessment],
) -> None:
    client = client_of("public")
    for address, (*_own, published, not_yet) in READING.items():
        response = client.get(f"/api/v1/{address}")
        if published == "401":
            assert response.status_code == 401, address
            continue
        rows = rows_of(response)
        assert rows, address
        told = {str(row[name]) for row in rows for name in OF_ROUNDS & row.keys()}
        assert told <= {PUBLISHED} or not_yet == "yes", address
        if address == "rounds/":
            assert [row["code"] for row in rows] == [PUBLISHED]
        if address == "products/":
            assert len(rows) == 2  # of four, those with a certificate


@override_settings(PUBLIC_SITE=False)
def test_the_public_reads_nothing_unless_the_owner_allows(
    assessments: dict[tuple[str, str], Assessment],
) -> None:
    client = client_of("public")
    assert {client.get(address).status_code for address in LISTS} == {401}


@pytest.mark.parametrize("role", [name for name in WRITING if name != "public"])
def test_values_are_written_as_the_table_says(
    assessments: dict[tuple[str, str], Assessment], role: str
) -> None:
    client = client_of(role)
    for (place, round_code), expected in _cells(role):
        assessment = assessments[place, round_code]
        sent = list(_writings(client, assessment))
        if expected.isdigit():
            assert [each.status_code for each in sent] == [int(expected)] * 3, role
            continue
        said = [_fate(each) for each in sent]
        hidden = place == ELSEWHERE or role == "no role"
        assert said[0] == expected
        assert said[1] == ("404" if hidden else expected)
        # the second call wrote the same number already, or DHIS2 has a code of its own
        assert (said[2] == "unchanged") is (expected == "changed")


def test_the_public_writes_nothing(assessments: dict[tuple[str, str], Assessment]) -> None:
    with override_settings(PUBLIC_SITE=True):
        sent = _writings(client_of("public"), assessments[OWN, OPEN])
        assert [each.status_code for each in sent] == [401] * 3
    assert WRITING["public"] == ("401",) * 3


@pytest.mark.parametrize("role", [*ROLES, "no role"])
@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete"])
def test_every_other_verb_is_refused_to_everybody(
    assessments: dict[tuple[str, str], Assessment], role: str, verb: str
) -> None:
    client = client_of(role)
    one = f"/api/v1/assessments/{assessments[OWN, OPEN].pk}/"
    written = {("post", "/api/v1/values/"), ("patch", one)}
    for address in (*LISTS, one, "/api/v1/dhis2/dataValueSets"):
        if (verb, address) in written or (verb == "post" and "dataValueSets" in address):
            continue
        response = getattr(client, verb)(address, {}, format="json")
        assert response.status_code == 405, (verb, address)


def _cells(role: str) -> Iterator[tuple[tuple[str, str], str]]:
    own, published, elsewhere = WRITING[role]
    yield (OWN, OPEN), own
    yield (OWN, PUBLISHED), published
    yield (ELSEWHERE, OPEN), elsewhere


def _writings(client: APIClient, assessment: Assessment) -> Iterator[Any]:
    """Write the same value in the three ways there are."""
    measure = assessment.values.select_related("measure").get().measure.code
    unit, round_ = assessment.unit.code, assessment.round.code
    row = {"measure": measure, "number": "77"}
    whole = {"values": [{"unit": unit, "round": round_, **row}]}
    yield client.post("/api/v1/values/", whole, format="json")
    yield client.patch(f"/api/v1/assessments/{assessment.pk}/", {"values": [row]}, format="json")
    value = {"dataElement": measure, "orgUnit": unit, "period": round_, "value": "77"}
    yield client.post("/api/v1/dhis2/dataValueSets", {"dataValues": [value]}, format="json")


def _fate(response: Any) -> str:
    """Return what became of the one value, in the words of the table."""
    body = response.json()
    if "rows" in body:
        (row,) = body["rows"]
        found = str(row.get("code", row["status"]))
        return "changed" if found == "unchanged" else found
    if "response" in body:
        (conflict,) = body["response"]["conflicts"] or [{"errorCode": "unchanged"}]
        return str(conflict["errorCode"])
    return str(response.status_code)
