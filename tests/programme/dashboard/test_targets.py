"""Where the programme stands against its targets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from communes.models import AdministrativeUnit
from criteria.models import ReportingRound
from programme.dashboard import figures
from programme.dashboard.rounds import choose
from programme.dashboard.targets import TargetStanding, standing, standings, standings_of
from programme.models import Summary, Target
from tests.factories import NationFactory, ProvinceFactory, RoundFactory

pytestmark = pytest.mark.django_db
BASELINE = date(2019, 12, 31)


@pytest.fixture
def round_() -> ReportingRound:
    return RoundFactory()


@pytest.fixture
def nation() -> AdministrativeUnit:
    return NationFactory()


def target(metric: str, value: int, **fields: Any) -> Target:
    given = {
        "code": f"{metric}-{fields.get('unit_code', 'VN')}",
        "name": "Mục tiêu",
        "comparator": ">=",
        "due_on": date(2020, 12, 31),
        "legal_ref": "Kế hoạch",
    }
    return Target.objects.create(metric=metric, value=value, **(given | fields))


def summary(
    unit: AdministrativeUnit, round_: ReportingRound, basis: str = "reported", **counters: int
) -> None:
    Summary.objects.create(
        unit=unit, round=round_, basis=basis, computed_at=timezone.now(), **counters
    )


def own_standings(code: str) -> list[TargetStanding]:
    known = figures.read(AdministrativeUnit.objects.get(code=code), [], choose(""))
    own = list(Target.objects.filter(unit_code=code))
    return standings(own, code, choose(""), figures.series_of(known, code))


def said(*values: object) -> tuple[object, ...]:
    """Numbers to be compared whatever their type."""
    return values


@pytest.mark.parametrize(
    ("certified", "distance", "is_met"),
    [(59, -1, False), (60, 0, True), (61, 1, True)],
)
def test_at_least_is_met_on_the_value_itself(
    nation: AdministrativeUnit,
    round_: ReportingRound,
    certified: int,
    distance: int,
    is_met: bool,
) -> None:
    summary(nation, round_, certified=certified, communes=100)
    found = standing(target("communes_certified_share", 60), round_)
    assert said(found.reported, found.goal) == (certified, 60)
    assert said(found.distance, found.is_met) == (distance, is_met)
    assert found.counters == {"certified": certified, "communes": 100}


@pytest.mark.parametrize(
    ("below_10", "not_assessed", "distance", "is_met"),
    [
        (599, 0, 1, True),
        (600, 0, 0, False),
        (601, 0, -1, False),
        (481, 118, 119, True),
        (481, 119, 119, None),
        (0, 1000, 600, None),
        (600, 1000, 0, False),
    ],
)
def test_fewer_than_is_not_met_while_communes_not_assessed_could_decide_it(
    nation: AdministrativeUnit,
    round_: ReportingRound,
    below_10: int,
    not_assessed: int,
    distance: int,
    is_met: bool | None,
) -> None:
    summary(nation, round_, below_10=below_10, communes=7000, assessed=7000 - not_assessed)
    found = standing(target("communes_below_10", 600, comparator="<"), round_)
    assert said(found.reported, found.distance, found.is_met) == (below_10, distance, is_met)
    assert said(found.communes, found.assessed) == (7000, 7000 - not_assessed)


def test_verified_stands_beside_reported_with_how_many_were_verified(
    nation: AdministrativeUnit, round_: ReportingRound
) -> None:
    summary(nation, round_, below_10=481, communes=7000, assessed=6990)
    summary(nation, round_, "verified", below_10=40, communes=7000, assessed=800)
    found = standing(target("communes_below_10", 600, comparator="<"), round_)
    assert said(found.reported, found.verified) == (481, 40)
    assert said(found.verified_communes, found.communes) == (800, 7000)
    assert found.verified_counters == {"below_10": 40}


def test_what_is_the_same_by_nature_is_not_said_twice(
    nation: AdministrativeUnit, round_: ReportingRound
) -> None:
    for basis in ("reported", "verified"):
        summary(nation, round_, basis, cooperatives_effective=11_904)
    found = standing(target("cooperatives_effective", 15_000), round_)
    assert said(found.reported, found.verified, found.distance) == (11_904, None, -3_096)


def test_an_increase_is_counted_from_its_baseline(
    nation: AdministrativeUnit, round_: ReportingRound
) -> None:
    middle = RoundFactory(code="2020-Q2", reference_date=date(2020, 6, 30))
    first = RoundFactory(code="2019-Q4", reference_date=BASELINE)
    for item, recognised in ((first, 111), (middle, 126), (round_, 173)):
        summary(nation, item, districts_recognised=recognised)
    found = standing(target("district_units_recognised", 15, baseline_date=BASELINE), round_)
    assert said(found.reported, found.baseline, found.distance, found.is_met) == (62, 111, 47, True)
    assert said(found.previous, found.previous_round, found.change) == (15, middle, 47)
    assert found.counters == {"districts_recognised": 173}


def test_without_its_baseline_an_increase_is_not_known(
    nation: AdministrativeUnit, round_: ReportingRound
) -> None:
    summary(nation, round_, districts_recognised=173)
    found = standing(target("district_units_recognised", 15, baseline_date=BASELINE), round_)
    assert said(found.reported, found.distance, found.is_met) == (None, None, None)


def test_without_figures_nothing_is_said(round_: ReportingRound) -> None:
    found = standing(target("communes_certified_share", 60), round_)
    assert found == TargetStanding(target=found.target, metric=found.metric, round=round_)
    assert said(found.distance, found.is_met, found.change) == (None, None, None)


def test_the_round_before_is_the_last_one_with_an_earlier_day(
    nation: AdministrativeUnit, round_: ReportingRound
) -> None:
    for code, day, certified in (
        ("2019-Q4", BASELINE, 40),
        ("2020-Q2", date(2020, 6, 30), 55),
        ("2021-Q2", date(2021, 6, 30), 90),
    ):
        item = RoundFactory(code=code, reference_date=day)
        summary(nation, item, certified=certified, communes=100)
    summary(nation, round_, certified=62, communes=100)
    found = standing(target("communes_certified_share", 60), round_)
    assert said(found.previous, found.change) == (55, 7)
    assert found.previous_round is not None
    assert found.previous_round.code == "2020-Q2"


def test_a_place_stands_against_its_own_targets(
    nation: AdministrativeUnit, round_: ReportingRound
) -> None:
    province = ProvinceFactory()
    summary(nation, round_, certified=62, communes=100)
    summary(province, round_, certified=1, communes=4)
    national = target("communes_certified_share", 60)
    own = target("communes_certified_share", 20, unit_code=province.code)
    assert [found.target for found in own_standings("VN")] == [national]
    (found,) = own_standings(province.code)
    assert said(found.target, found.reported) == (own, Decimal(25))


def test_queries_do_not_grow_with_the_number_of_targets(
    nation: AdministrativeUnit,
    round_: ReportingRound,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    summary(nation, round_, certified=62, communes=100)
    target("communes_certified_share", 60)
    with django_assert_num_queries(3):
        assert len(standings_of(Target.objects.all(), round_)) == 1
    for number in range(30):
        target("district_units_recognised", 15, code=str(number), baseline_date=BASELINE)
    with django_assert_num_queries(4):  # one more, for what was published as a baseline
        assert len(standings_of(Target.objects.all(), round_)) == 31
    shown, series = choose(""), {round_.pk: figures.Figures(Summary(pk=1), Summary(pk=2))}
    own = list(Target.objects.filter(unit_code="VN"))
    with django_assert_num_queries(1):  # what was published
        assert len(standings(own, "VN", shown, series)) == 31
    assert standings_of([], round_) == []
