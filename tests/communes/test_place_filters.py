from datetime import date

import pytest
from django_filters import FilterSet

from communes.models import AdministrativeUnit
from communes.place_filters import AtPlaceFilter, WithinPlaceFilter
from criteria.models import Assessment
from tests.factories import AssessmentFactory, DistrictFactory, ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db


class PlaceFilterSet(FilterSet):
    at = AtPlaceFilter(field_name="unit")
    within = WithinPlaceFilter(field_name="unit")


def found(**query: str) -> set[str]:
    filterset = PlaceFilterSet(query, queryset=Assessment.objects.all())
    assert filterset.is_valid(), filterset.errors
    return {row.unit.path for row in filterset.qs}


@pytest.fixture
def moved() -> AdministrativeUnit:
    """A commune that went from one district to another, assessed in both."""
    first = UnitFactory(code="23329", valid_to=date(2020, 1, 31))
    later = UnitFactory(
        code="23329", valid_from=date(2020, 2, 1), parent=DistrictFactory(code="609")
    )
    AssessmentFactory(unit=first)
    AssessmentFactory(unit=later)
    return later


def test_without_a_place_nothing_is_narrowed(moved: AdministrativeUnit) -> None:
    assert found() == found(at="", within="") == {"/VN/62/608/23329/", "/VN/62/609/23329/"}


def test_a_place_is_found_in_every_version(moved: AdministrativeUnit) -> None:
    everywhere = {"/VN/62/608/23329/", "/VN/62/609/23329/"}
    assert found(at="23329") == found(within="23329") == everywhere


def test_at_a_place_is_not_below_it(moved: AdministrativeUnit) -> None:
    assert found(at="62") == set()
    assert found(within="609") == {"/VN/62/609/23329/"}


def test_a_code_that_begins_another_is_not_that_other() -> None:
    AssessmentFactory()
    ProvinceFactory(code="6", name="Tỉnh Thử")
    assert found(within="6") == set()


@pytest.mark.parametrize("name", ["at", "within"])
def test_a_code_that_no_unit_ever_had_is_refused(name: str) -> None:
    filterset = PlaceFilterSet({name: "99999"}, queryset=Assessment.objects.all())
    (error,) = filterset.form.errors.as_data()[name]
    assert error.code == "unknown-unit"
    assert "99999" in filterset.errors[name][0]
