"""The unit a page is about, and the line it stands in."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from criteria.models import ReportingRound
from programme.dashboard import ground
from programme.dashboard.rounds import choose
from tests.factories import DistrictFactory, ProvinceFactory, RecognitionFactory, UnitFactory

pytestmark = pytest.mark.django_db
EVERYWHERE = ["/VN/"]


def test_the_whole_line_comes_with_the_unit(
    now: ReportingRound, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    commune, shown = UnitFactory(), choose("")
    with django_assert_num_queries(1):
        found = ground.find(commune.code, shown, EVERYWHERE)
        assert found is not None
        assert [unit.code for unit in found.line] == ["VN", "62", "608", commune.code]


def test_a_line_of_more_levels_than_the_law_names_comes_whole(
    now: ReportingRound, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    outer = DistrictFactory(code="609", parent=DistrictFactory())
    inner = DistrictFactory(code="610", parent=outer)
    commune, shown = UnitFactory(parent=inner), choose("")
    with django_assert_num_queries(1):
        found = ground.find(commune.code, shown, EVERYWHERE)
        assert found is not None
        assert [unit.code for unit in found.line] == commune.path.strip("/").split("/")


def test_a_parent_that_was_renamed_is_shown_in_its_version_of_the_day(now: ReportingRound) -> None:
    old = ProvinceFactory(name="Tỉnh Cũ", valid_to=date(2020, 6, 30))
    district = DistrictFactory(parent=old)
    new = ProvinceFactory(name="Tỉnh Mới", valid_from=date(2020, 7, 1), parent=old.parent)
    found = ground.find(district.code, choose(""), EVERYWHERE)
    assert found is not None
    assert found.line[1] == new


def test_the_latest_decision_that_recognises_it_comes_along(now: ReportingRound) -> None:
    commune = UnitFactory()
    RecognitionFactory(unit=commune, decision_number="1", decision_date=date(2019, 5, 1))
    RecognitionFactory(unit=commune, decision_number="2", standard_year=2021)
    found = ground.find(commune.code, choose(""), EVERYWHERE)
    assert found is not None
    assert found.decision == ground.Decision("2", date(2020, 10, 1), 2021)


def test_what_one_may_not_read_is_not_found(now: ReportingRound) -> None:
    assert ground.find(UnitFactory().code, choose(""), ["/VN/42/"]) is None
