"""The placements as they are kept: made once, and anew when the map or the day changes."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from communes import placements
from communes.models import Addend, AdministrativeUnit, PlacedMap, Placement, Succession
from tests.factories import NationFactory, ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db
LAST, FIRST, TODAY = date(2025, 6, 30), date(2025, 7, 1), date(2025, 12, 31)


@pytest.fixture
def merged() -> AdministrativeUnit:
    """A commune of today that two former ones went into."""
    nation = NationFactory()
    province = ProvinceFactory(code="51", parent=nation)
    new = UnitFactory(code="23329", parent=province, valid_from=FIRST)
    for _ in range(2):
        old = UnitFactory(valid_to=LAST)
        Succession.objects.create(
            predecessor=old, successor=new, kind="merge", effective_date=FIRST
        )
    return new


def test_former_units_stand_in_what_they_became(merged: AdministrativeUnit) -> None:
    state = placements.ensure(TODAY)
    assert (state.from_day, state.until_day) == (FIRST, None)
    hows = Placement.objects.filter(place=merged).values_list("how", flat=True)
    assert sorted(hows) == ["itself", "whole", "whole"]
    assert Addend.objects.filter(into=merged, unit__valid_to=LAST, sign=1).count() == 2


def test_they_are_made_once(
    merged: AdministrativeUnit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    placements.ensure(TODAY)
    with django_assert_num_queries(1):
        placements.ensure(TODAY)


def test_another_day_of_the_same_map_changes_nothing(
    merged: AdministrativeUnit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    placements.ensure(TODAY)
    with django_assert_num_queries(1):
        placements.ensure(FIRST)


def test_a_day_of_another_map_places_anew(merged: AdministrativeUnit) -> None:
    placements.ensure(TODAY)
    state = placements.ensure(LAST)
    assert (state.from_day, state.until_day) == (None, LAST)
    assert not Placement.objects.filter(place=merged).exists()


def test_a_map_that_changed_is_placed_anew(merged: AdministrativeUnit) -> None:
    placements.ensure(TODAY)
    Succession.objects.all().delete()
    placements.map_changed()
    placements.ensure(TODAY)
    assert Placement.objects.filter(how="unresolved").count() == 2
    assert PlacedMap.objects.count() == 1


def test_placing_takes_the_same_number_of_queries_for_any_map(
    merged: AdministrativeUnit, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(30):
        UnitFactory(valid_to=LAST)
    with django_assert_max_num_queries(20):
        placements.ensure(TODAY)
