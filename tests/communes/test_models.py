"""What the database itself guards on the map, and what one row knows of itself."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.utils.translation import override

from communes.models import AdministrativeUnit, Designation, Succession
from tests.factories import DistrictFactory, NationFactory, ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db


def another_version(unit: AdministrativeUnit, **changes: object) -> AdministrativeUnit:
    version = AdministrativeUnit.objects.get(pk=unit.pk)
    version.pk = None
    for name, value in changes.items():
        setattr(version, name, value)
    version.save(force_insert=True)
    return version


def test_a_closed_version_may_be_followed_by_another() -> None:
    first = UnitFactory(valid_to=date(2025, 6, 30))
    another_version(first, valid_from=date(2025, 7, 1), valid_to=None)
    assert AdministrativeUnit.objects.filter(code=first.code).count() == 2


def test_a_code_has_one_open_version() -> None:
    first = UnitFactory(valid_to=None)
    with pytest.raises(IntegrityError):
        another_version(first, valid_from=date(2025, 7, 1))


def test_a_code_has_one_version_with_an_open_beginning() -> None:
    first = UnitFactory(valid_to=date(2025, 6, 30))
    with pytest.raises(IntegrityError):
        another_version(first, valid_to=date(2019, 12, 31))


def test_two_versions_do_not_begin_on_the_same_day() -> None:
    first = UnitFactory(valid_from=date(2020, 1, 1), valid_to=date(2025, 6, 30))
    with pytest.raises(IntegrityError):
        another_version(first, valid_to=date(2024, 12, 31))


@pytest.mark.parametrize("days", [1, 400])
def test_a_version_does_not_end_before_it_begins(days: int) -> None:
    begins = date(2025, 7, 1)
    with pytest.raises(IntegrityError):
        UnitFactory(valid_from=begins, valid_to=date.fromordinal(begins.toordinal() - days))


def test_a_version_of_one_day_is_possible() -> None:
    UnitFactory(valid_from=date(2025, 7, 1), valid_to=date(2025, 7, 1))


def test_only_the_nation_has_no_parent() -> None:
    with pytest.raises(IntegrityError):
        UnitFactory(parent=None)


def test_the_nation_has_no_parent() -> None:
    with pytest.raises(IntegrityError):
        NationFactory(code="XX", parent=UnitFactory())


@pytest.mark.parametrize(("kind", "judged"), [("commune", True), ("ward", False)])
def test_only_communes_are_judged(kind: str, *, judged: bool) -> None:
    assert UnitFactory(kind=kind).is_in_programme is judged


def test_a_unit_is_called_in_the_language_of_its_reader() -> None:
    province = ProvinceFactory()
    with override("vi"):
        assert (str(province), province.short_label) == ("Tỉnh Kon Tum", "Kon Tum")
    with override("en"):
        assert (str(province), province.short_label) == ("Kon Tum Province", "Kon Tum Province")


def test_a_unit_does_not_succeed_itself() -> None:
    unit = UnitFactory()
    with pytest.raises(IntegrityError):
        Succession.objects.create(
            predecessor=unit, successor=unit, kind="rename", effective_date=date(2025, 7, 1)
        )


def test_a_designation_is_given_once_a_day() -> None:
    unit = DistrictFactory()
    given = {"unit": unit, "kind": "poor", "valid_from": date(2018, 1, 1), "legal_ref": "QĐ 275"}
    Designation.objects.create(**given)
    with pytest.raises(IntegrityError):
        Designation.objects.create(**given)
