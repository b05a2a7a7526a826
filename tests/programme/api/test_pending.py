from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from communes.models import StaleUnit
from programme.api.pending import Pending
from tests.factories import DistrictFactory, ProvinceFactory, RoundFactory, UnitFactory

pytestmark = pytest.mark.django_db
DAY = date(2020, 12, 31)


def test_a_unit_is_counted_once_for_everything_above_it() -> None:
    commune, other = UnitFactory(), UnitFactory(parent=DistrictFactory(code="609"))
    for unit in (commune, commune, other):
        StaleUnit.objects.create(unit=unit, since=DAY)
    pending, round_ = Pending(), RoundFactory()
    found = [pending.below(code, round_) for code in ("VN", "62", "608", "609", commune.code)]
    assert found == [2, 2, 1, 1, 1]
    assert pending.below(ProvinceFactory(code="42").code, round_) == 0


@pytest.mark.parametrize(
    ("since", "count"), [(date(2020, 12, 30), 1), (DAY, 1), (date(2021, 1, 1), 0)]
)
def test_only_rounds_from_the_day_of_the_change_wait(since: date, count: int) -> None:
    StaleUnit.objects.create(unit=UnitFactory(), since=since)
    assert Pending().below("VN", RoundFactory()) == count


def test_a_published_round_waits_for_nothing() -> None:
    StaleUnit.objects.create(unit=UnitFactory(), since=DAY)
    assert Pending().below("VN", RoundFactory(status="published")) == 0


def test_one_query_serves_all_rows(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    pending, round_ = Pending(), RoundFactory()
    with django_assert_num_queries(1):
        for code in ("VN", "62", "608"):
            pending.below(code, round_)
