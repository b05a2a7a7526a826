"""Units are narrowed by what is asked, and what cannot be read is refused by name."""

from datetime import date

import pytest
from django.utils.translation import override

from communes.filters import UnitDayFilter, UnitFilter
from communes.models import AdministrativeUnit
from tests.factories import DistrictFactory, ProvinceFactory, RegionFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune() -> AdministrativeUnit:
    """One commune of Kon Tum, and one of a province in another region."""
    coast = ProvinceFactory(
        code="48", name="Thành phố Đà Nẵng", kind="central_city",
        region=RegionFactory(code="DHNTB", name="Duyên hải Nam Trung Bộ"),
    )  # fmt: skip
    district = DistrictFactory(code="497", name="Huyện Hòa Vang", parent=coast)
    UnitFactory(code="20293", name="Xã Hòa Bắc", parent=district)
    return UnitFactory(code="23329", name="Xã Đoàn Kết", valid_to=date(2025, 6, 30))


def codes(**asked: str) -> set[str]:
    narrowed = UnitFilter(asked, AdministrativeUnit.objects.all())
    assert narrowed.is_valid(), narrowed.errors
    return set(narrowed.qs.values_list("code", flat=True))


@pytest.mark.usefixtures("commune")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"code": "23329"}, {"23329"}),
        ({"level": "province"}, {"48", "62"}),
        ({"kind": "central_city"}, {"48"}),
        ({"parent": "62"}, {"608"}),
        ({"within": "62"}, {"62", "608", "23329"}),
        ({"within": "23329"}, {"23329"}),
        ({"within": "VN", "level": "commune"}, {"20293", "23329"}),
        ({"on": "2025-06-30", "level": "commune"}, {"20293", "23329"}),
        ({"on": "2025-07-01", "level": "commune"}, {"20293"}),
        ({"region": "DHNTB"}, {"48", "497", "20293"}),
        ({"search": "doan ket"}, {"23329"}),
        ({"search": "HÒA"}, {"497", "20293"}),
        ({"search": "608"}, {"608"}),
        ({"within": "62", "search": "hoa"}, set()),
        ({}, {"VN", "48", "497", "20293", "62", "608", "23329"}),
    ],
)
def test_units_are_narrowed_by_what_is_asked(asked: dict[str, str], found: set[str]) -> None:
    assert codes(**asked) == found


@pytest.mark.usefixtures("commune")
def test_a_code_that_no_unit_has_is_refused_by_name() -> None:
    narrowed = UnitFilter({"code": "2332"}, AdministrativeUnit.objects.all())
    with override("en"):
        assert narrowed.errors == {"code": ["“2332” is not a code that is known here."]}


def test_a_version_that_moved_lies_within_both_its_parents(commune: AdministrativeUnit) -> None:
    other = DistrictFactory(code="609")
    UnitFactory(code="23329", valid_from=date(2025, 7, 1), parent=other)
    assert codes(within="608") == {"608", "23329"}
    assert codes(within="609") == {"609", "23329"}


@pytest.mark.usefixtures("commune")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("level", "hamlet"),
        ("kind", "xã"),
        ("parent", "99"),
        ("within", "99"),
        ("on", "yesterday"),
        ("region", "XYZ"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(name: str, value: str) -> None:
    narrowed = UnitFilter({name: value}, AdministrativeUnit.objects.all())
    assert set(narrowed.errors) == {name}


def test_the_day_alone_chooses_the_version(commune: AdministrativeUnit) -> None:
    narrowed = UnitDayFilter({"on": "2025-07-01"}, AdministrativeUnit.objects.all())
    assert set(UnitDayFilter.base_filters) == {"on", "map"}
    assert commune not in narrowed.qs


def test_every_filter_is_labelled_in_words() -> None:
    form = UnitFilter({}, AdministrativeUnit.objects.all()).form
    with override("en"):
        labels = {name: str(field.label) for name, field in form.fields.items()}
    assert labels == {
        "on": "In force on",
        "map": "On the map of today",
        "code": "Official code",
        "level": "Level",
        "kind": "Kind",
        "parent": "Directly below the unit with this official code",
        "within": "At or below the unit with this official code",
        "region": "Region",
        "search": "Name, with or without tone marks, and the place it lies in; or code",
    }
