"""What a unit counts on the day whatever was typed: recognitions, OCOP, cooperatives."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from communes.models import AdministrativeUnit
from criteria.models import ReportingRound
from ocop.models import Certificate, ValueChain
from programme.rollup import rebuild
from tests.factories import (
    DistrictFactory,
    NationFactory,
    ProvinceFactory,
    RecognitionFactory,
    RoundFactory,
    UnitFactory,
    UserFactory,
)
from tests.programme.rows import cooperative, counted, producer, product

DAY = date(2020, 12, 31)
BEFORE, AFTER = date(2020, 12, 30), date(2021, 1, 1)


@pytest.fixture
def round_(db: None) -> ReportingRound:
    return RoundFactory(reference_date=DAY)


@pytest.fixture
def commune(round_: ReportingRound) -> AdministrativeUnit:
    return UnitFactory()


@pytest.mark.parametrize(
    ("decided", "revoked", "certified"),
    [
        (BEFORE, None, 1),
        (DAY, None, 1),
        (AFTER, None, 0),
        (BEFORE, DAY, 0),
        (BEFORE, AFTER, 1),
    ],
)
def test_certified_is_a_decision_in_force_on_the_day(
    commune: AdministrativeUnit,
    round_: ReportingRound,
    decided: date,
    revoked: date | None,
    certified: int,
) -> None:
    RecognitionFactory(unit=commune, decision_date=decided, revoked_on=revoked)
    rebuild(round_)
    for basis in ("reported", "verified"):
        assert counted(commune, round_, "certified", basis=basis) == (certified,)


def test_two_decisions_certify_once(commune: AdministrativeUnit, round_: ReportingRound) -> None:
    RecognitionFactory.create_batch(2, unit=commune)
    RecognitionFactory(unit=commune, standard="advanced")
    rebuild(round_)
    standards = ("certified", "certified_advanced", "certified_model")
    assert counted(commune, round_, *standards) == (1, 1, 0)


def test_units_above_communes_are_recognised_not_certified(
    commune: AdministrativeUnit, round_: ReportingRound
) -> None:
    district, province, nation = DistrictFactory(), ProvinceFactory(), NationFactory()
    RecognitionFactory(unit=district)
    RecognitionFactory(unit=province)
    rebuild(round_)
    recognised = ("certified", "districts_recognised", "provinces_recognised")
    assert counted(commune, round_, *recognised) == (0, 0, 0)
    assert counted(district, round_, *recognised) == (0, 1, 0)
    assert counted(province, round_, *recognised) == (0, 1, 1)
    assert counted(nation, round_, *recognised) == (0, 1, 1)


def test_a_product_counts_once_by_its_most_stars(
    commune: AdministrativeUnit, round_: ReportingRound
) -> None:
    product(commune, 3, 4)
    product(commune, 3)
    product(commune, 2)
    product(commune)
    rebuild(round_)
    assert counted(commune, round_, "ocop_3_stars", "ocop_4_stars", "ocop_5_stars") == (1, 1, 0)


@pytest.mark.parametrize(
    ("period", "standardised", "granted"),
    [
        ({"valid_from": DAY}, 1, 1),
        ({"valid_from": AFTER}, 0, 0),
        ({"valid_to": DAY}, 1, 1),
        ({"valid_to": BEFORE}, 0, 1),
        ({"revoked_on": DAY}, 0, 1),
        ({"revoked_on": AFTER}, 1, 1),
    ],
)
def test_a_certificate_counts_while_it_is_in_force_and_a_grant_for_good(
    commune: AdministrativeUnit,
    round_: ReportingRound,
    period: dict[str, date],
    standardised: int,
    granted: int,
) -> None:
    product(commune, 5, **period)
    rebuild(round_)
    assert counted(commune, round_, "ocop_5_stars", "ocop_granted") == (standardised, granted)


@pytest.mark.parametrize(
    ("kind", "joined", "producers", "new"),
    [
        ("enterprise", date(2020, 1, 1), 1, 1),
        ("cooperative", DAY, 1, 1),
        ("cooperative_group", DAY, 1, 0),
        ("household", DAY, 1, 0),
        ("enterprise", date(2019, 12, 31), 1, 0),
        ("enterprise", AFTER, 0, 0),
    ],
)
def test_new_producers_are_enterprises_and_cooperatives_of_the_year(
    commune: AdministrativeUnit,
    round_: ReportingRound,
    kind: str,
    joined: date,
    producers: int,
    new: int,
) -> None:
    producer(commune, kind, joined)
    rebuild(round_)
    assert counted(commune, round_, "ocop_producers", "ocop_new_producers") == (producers, new)


@pytest.mark.parametrize(
    ("effective", "period", "expected"),
    [
        ({2019: True}, {}, (1, 1)),
        ({2019: True, 2020: False}, {}, (1, 0)),
        ({2019: False, 2020: True}, {}, (1, 1)),
        ({2019: True, 2021: False}, {}, (1, 1)),
        ({}, {}, (1, 0)),
        ({2020: True}, {"dissolved_on": DAY}, (0, 0)),
        ({2020: True}, {"dissolved_on": AFTER}, (1, 1)),
        ({2020: True}, {"registered_on": AFTER}, (0, 0)),
    ],
)
def test_an_effective_cooperative_is_active_and_its_latest_return_says_so(
    commune: AdministrativeUnit,
    round_: ReportingRound,
    effective: dict[int, bool],
    period: dict[str, date],
    expected: tuple[int, int],
) -> None:
    cooperative(commune, effective, **period)
    rebuild(round_)
    assert counted(commune, round_, "cooperatives", "cooperatives_effective") == expected


def test_wards_and_townships_count_in_ocop_and_cooperatives(round_: ReportingRound) -> None:
    township = UnitFactory(kind=AdministrativeUnit.Kind.TOWNSHIP)
    product(township, 4)
    cooperative(township, {2020: True})
    rebuild(round_)
    expected = ("communes", "ocop_4_stars", "ocop_producers", "cooperatives_effective")
    assert counted(township, round_, *expected) == (0, 1, 1, 1)
    assert counted(NationFactory(), round_, *expected) == (0, 1, 1, 1)


def test_products_are_counted_by_what_is_pending_new_and_ending(
    commune: AdministrativeUnit, round_: ReportingRound
) -> None:
    product(commune, 4, valid_from=date(2020, 5, 1), is_potential_five=True)
    product(commune, 3, valid_from=date(2018, 1, 1), valid_to=DAY + timedelta(days=183))
    product(commune, 3, valid_from=date(2018, 1, 1), valid_to=DAY + timedelta(days=184))
    renewed = product(commune, 3, valid_from=date(2018, 1, 1), valid_to=date(2020, 3, 1))
    Certificate.objects.create(
        product=renewed,
        stars=3,
        decided_by_level="province",
        decision_number="2",
        valid_from=date(2020, 3, 2),
        valid_to=date(2023, 3, 1),
        recorded_by=UserFactory(),
    )
    rebuild(round_)
    found = counted(commune, round_, "ocop_potential_5_stars", "ocop_new_products", "ocop_expiring")
    assert found == (1, 1, 1)


@pytest.mark.parametrize(
    ("kind", "counter"),
    [
        ("enterprise", "ocop_enterprises"),
        ("cooperative", "ocop_cooperatives"),
        ("cooperative_group", "ocop_cooperative_groups"),
        ("household", "ocop_households"),
        ("farm", "ocop_farms"),
    ],
)
def test_producers_are_counted_by_kind_and_double_entries_once(
    commune: AdministrativeUnit, round_: ReportingRound, kind: str, counter: str
) -> None:
    kept, double = producer(commune, kind), producer(commune, kind)
    double.duplicate_of = kept
    double.save()
    rebuild(round_)
    assert counted(commune, round_, counter, "ocop_producers") == (1, 1)


def test_chains_and_new_cooperatives_are_counted_where_they_are(
    commune: AdministrativeUnit, round_: ReportingRound
) -> None:
    cooperative(commune, registered_on=date(2020, 1, 1))
    cooperative(commune, registered_on=date(2019, 12, 31))
    for ended in (None, DAY, AFTER):
        ValueChain.objects.create(
            name="Chuỗi", lead_unit=commune, started_on=date(2020, 1, 1), ended_on=ended
        )
    rebuild(round_)
    found = counted(commune, round_, "cooperatives", "cooperatives_new", "value_chains")
    assert found == (2, 1, 2)
