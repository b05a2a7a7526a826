from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api_client import ApiReader, reader_of
from tests.factories import NationFactory, ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db
MERGER = date(2020, 2, 1)


@pytest.fixture
def reader() -> ApiReader:
    return reader_of(NationFactory(), "committee")


@pytest.fixture
def _renamed() -> None:
    """A commune with two versions; the later one has the lower id."""
    UnitFactory(code="23329", valid_from=MERGER, name="Xã Mới")
    UnitFactory(code="23329", valid_to=date(2020, 1, 31), name="Xã Cũ")


def test_a_unit_in_full(reader: ApiReader) -> None:
    UnitFactory(
        code="23329",
        name="Xã Đắk Cấm",
        name_en="Dak Cam Commune",
        valid_to=date(2025, 6, 30),
        population=4321,
        area_km2=Decimal("43.5"),
        longitude=Decimal("108.03125"),
    )
    unit = {
        "code": "23329",
        "name": "Xã Đắk Cấm",
        "name_en": "Dak Cam Commune",
        "kind": "commune",
        "level": "commune",
        "is_in_programme": True,
        "parent": "608",
        "path": "/VN/62/608/23329/",
        "region": "TN",
        "valid_from": None,
        "valid_to": "2025-06-30",
        "population": 4321,
        "households": None,
        "area_km2": "43.50",
        "longitude": "108.03125",
        "latitude": None,
    }
    assert reader.get("units/23329/").json() == unit
    assert reader.rows("units/", code="23329") == [unit]


def test_the_nation_has_nothing_above_it(reader: ApiReader) -> None:
    nation = reader.get("units/VN/").json()
    assert (nation["parent"], nation["region"], nation["path"]) == (None, None, "/VN/")


@pytest.mark.usefixtures("_renamed")
@pytest.mark.parametrize(
    ("query", "name"),
    [
        ({}, "Xã Mới"),
        ({"on": "2020-02-01"}, "Xã Mới"),
        ({"on": "2020-01-31"}, "Xã Cũ"),
    ],
)
def test_a_unit_is_shown_as_it_was_on_the_day(
    reader: ApiReader, query: dict[str, str], name: str
) -> None:
    assert reader.get("units/23329/", **query).json()["name"] == name


def test_a_unit_is_not_found_on_a_day_without_it(reader: ApiReader) -> None:
    UnitFactory(code="23329", valid_from=MERGER)
    assert reader.get("units/23329/", on="2020-01-31").status_code == 404


@pytest.mark.parametrize(
    ("query", "code"), [("on=31.1.2020", "invalid"), ("on=", "empty-parameter")]
)
def test_a_day_that_cannot_be_read_is_refused(reader: ApiReader, query: str, code: str) -> None:
    response = reader.client.get(f"/api/v1/units/VN/?{query}")
    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert (error["pointer"], error["code"]) == ("#/query/on", code)


@pytest.mark.usefixtures("_renamed")
def test_a_list_holds_every_version_unless_a_day_is_given(reader: ApiReader) -> None:
    assert {row["name"] for row in reader.rows("units/", code="23329")} == {"Xã Cũ", "Xã Mới"}
    assert [row["name"] for row in reader.rows("units/", code="23329", on="2020-06-30")] == [
        "Xã Mới"
    ]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"parent": "VN"}, {"42", "62"}),
        ({"within": "62"}, {"62", "608", "23329"}),
        ({"level": "district"}, {"608"}),
        ({"kind": "commune"}, {"23329"}),
        ({"region": "TN", "level": "province"}, {"42", "62"}),
        ({"search": "dak cam"}, {"23329"}),
        ({"search": "dak cam", "within": "42"}, set()),
    ],
)
def test_a_list_is_narrowed(reader: ApiReader, query: dict[str, str], codes: set[str]) -> None:
    UnitFactory(code="23329", name="Xã Đắk Cấm")
    ProvinceFactory(code="42", name="Tỉnh Hà Tĩnh")
    assert {row["code"] for row in reader.rows("units/", **query)} == codes


def test_thirty_units_take_as_many_queries_as_one(reader: ApiReader) -> None:
    UnitFactory()
    reader.rows("units/")
    with CaptureQueriesContext(
        connection,
    ) as one:
        reader.rows("units/", kind="commune")
    for _number in range(29):
        UnitFactory()
    with CaptureQueriesContext(connection) as thirty:
        assert len(reader.rows("units/", kind="commune")) == 30
    assert len(thirty) == len(one)
