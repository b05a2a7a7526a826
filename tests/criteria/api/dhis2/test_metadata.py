"""Units, measures and sets as DHIS2's metadata."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from criteria.api.dhis2.identities import ELEMENT, SET, UNIT, uid_of
from criteria.models import Assessment, Measure
from ntm_portal.accounts.models import User
from tests.api_client import ApiReader
from tests.factories import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db


def rows(owner: User, word: str, **query: str | int) -> Any:  # JSON inside
    response = ApiReader(owner).get(f"dhis2/{word}", **query)
    assert response.status_code == 200, response.json()
    return response.json()


def test_an_identifier_is_what_dhis2_takes_for_one_and_never_moves() -> None:
    assert uid_of(UNIT, "62") == uid_of(UNIT, "62") != uid_of(ELEMENT, "62")
    assert (uid_of(UNIT, "VN"), uid_of(UNIT, "62")) == ("MzeHVv10rBY", "kWnNtSWcqQB")
    found = {uid_of(UNIT, f"{code:05d}") for code in range(20_000)}
    assert len(found) == 20_000
    assert all(len(uid) == 11 and uid.isalnum() and uid[0].isalpha() for uid in found)


def test_units_are_organisation_units_in_their_last_version(officer: User) -> None:
    UnitFactory(code="23329", name="Xã Cũ", valid_to=date(2020, 1, 31))
    UnitFactory(code="23329", name="Xã Mới", valid_from=date(2020, 2, 1))
    UnitFactory(parent=ProvinceFactory(code="42", name="Tỉnh Hà Tĩnh"))
    found = rows(officer, "organisationUnits")
    assert found["pager"] == {"page": 1, "total": 3, "pageSize": 50, "pageCount": 1}
    assert found["organisationUnits"][-1] == {
        "id": uid_of(UNIT, "23329"),
        "code": "23329",
        "name": "Xã Mới",
        "shortName": "Xã Mới",
        "displayName": "Xã Mới",
        "level": 4,
        "path": "".join(f"/{uid_of(UNIT, code)}" for code in ("VN", "62", "608", "23329")),
        "parent": {"id": uid_of(UNIT, "608")},
        "openingDate": "2020-02-01",
        "closedDate": None,
        "leaf": True,
    }
    page = rows(officer, "organisationUnits.json", page=2, pageSize=2, fields="id,parent[id]")
    assert page["organisationUnits"] == [
        {"id": uid_of(UNIT, "23329"), "parent": {"id": uid_of(UNIT, "608")}}
    ]
    assert len(rows(officer, "api/organisationUnits", paging="false")["organisationUnits"]) == 3


def test_measures_are_data_elements_of_their_data_set(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    set_code = assessment.criteria_set.code
    code = f"{set_code}:5"
    (element,) = rows(officer, "dataElements")["dataElements"]
    assert (element["id"], element["code"]) == (uid_of(ELEMENT, code), code)
    assert (element["valueType"], element["aggregationType"]) == ("PERCENTAGE", "NONE")
    (data_set,) = rows(officer, "dataSets")["dataSets"]
    assert (data_set["id"], data_set["code"]) == (uid_of(SET, set_code), set_code)
    assert data_set["dataSetElements"] == [{"dataElement": {"id": element["id"]}}]


@pytest.mark.parametrize("query", [{"fields": "id,colour"}, {"filter": "code:eq:62"}, {"page": 0}])
def test_what_is_not_understood_is_named(officer: User, query: dict[str, Any]) -> None:
    response = ApiReader(officer).get("dhis2/organisationUnits", **query)
    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"] == f"#/query/{next(iter(query))}"
