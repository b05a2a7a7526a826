"""The map of a day, of a place and by name."""

from datetime import date

import pytest

from communes.models import AdministrativeUnit, StaleUnit
from communes.querysets import path_within
from tests.factories import DistrictFactory, NationFactory, ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db
Unit = AdministrativeUnit


@pytest.mark.parametrize(
    ("day", "there"),
    [
        (date(2019, 12, 31), False),
        (date(2020, 1, 1), True),
        (date(2025, 6, 30), True),
        (date(2025, 7, 1), False),
    ],
)
def test_both_ends_of_a_version_belong_to_it(day: date, *, there: bool) -> None:
    unit = UnitFactory(valid_from=date(2020, 1, 1), valid_to=date(2025, 6, 30))
    assert Unit.objects.on(day).filter(pk=unit.pk).exists() is there


@pytest.mark.parametrize("day", [date(1976, 7, 2), date(2099, 1, 1)])
def test_an_open_version_is_on_the_map_of_every_day(day: date) -> None:
    unit = UnitFactory(valid_from=None, valid_to=None)
    assert unit in Unit.objects.on(day)


def test_within_a_unit_lie_itself_and_all_below_it() -> None:
    commune = UnitFactory()
    neighbour = DistrictFactory(code="609")
    inside = Unit.objects.within([commune.parent.path])
    assert set(inside) == {commune, commune.parent}
    assert neighbour not in inside


def test_a_path_is_not_taken_for_a_longer_one() -> None:
    ProvinceFactory(code="6", path="/VN/6/")
    other = ProvinceFactory(code="62")
    assert other not in Unit.objects.within(["/VN/6/"])


def test_within_several_places_lies_what_is_in_any() -> None:
    first, second = ProvinceFactory(code="62"), ProvinceFactory(code="64")
    ProvinceFactory(code="66")
    assert set(Unit.objects.within([first.path, second.path])) == {first, second}


def test_within_no_place_lies_nothing() -> None:
    NationFactory()
    assert not Unit.objects.within([]).exists()


@pytest.mark.parametrize("text", ["đoàn kết", "doan ket", "ĐOÀN", " 23329 "])
def test_a_unit_is_found_by_name_without_tone_marks_and_by_code(text: str) -> None:
    unit = UnitFactory(code="23329", name="Xã Đoàn Kết")
    UnitFactory(name="Xã Vinh Quang")
    assert list(Unit.objects.named(text)) == [unit]


def test_a_part_of_a_code_finds_nothing() -> None:
    UnitFactory(code="23329", name="Xã Đoàn Kết")
    assert not Unit.objects.named("233").exists()


def test_the_programme_judges_communes_only() -> None:
    commune = UnitFactory()
    UnitFactory(kind="ward")
    UnitFactory(kind="township")
    assert list(Unit.objects.in_programme()) == [commune]


def test_a_unit_marked_twice_is_pending_once() -> None:
    first, second = UnitFactory(), UnitFactory()
    for unit in (first, first, second):
        StaleUnit.objects.create(unit=unit, since=date(2020, 12, 31))
    assert StaleUnit.objects.pending_units() == 2


def test_whoever_reaches_the_nation_is_asked_for_no_unit() -> None:
    everywhere = path_within(["/VN/62/", "/VN/"], "parent__path")
    sql = str(AdministrativeUnit.objects.filter(everywhere).query)
    assert "JOIN" not in sql
    assert "WHERE" not in sql
    assert "/VN/62/" in str(AdministrativeUnit.objects.filter(path_within(["/VN/62/"])).query)


def test_whoever_reaches_nothing_finds_nothing() -> None:
    assert not AdministrativeUnit.objects.filter(path_within([])).exists()
