"""What a commune counts of its own."""

from __future__ import annotations

import pytest

from communes.models import AdministrativeUnit
from criteria.models import ReportingRound
from programme.models import Summary
from programme.rollup import rebuild
from programme.rollup.counters import COUNTERS, bands
from tests.factories import CriteriaSetFactory, RoundFactory, UnitFactory
from tests.programme.rows import MET, NOT_MET, assess, counted, set_of


@pytest.mark.parametrize(
    ("criteria_met", "expected"),
    [
        (0, ["below_5", "below_10"]),
        (4, ["below_5", "below_10"]),
        (5, ["below_10"]),
        (9, ["below_10"]),
        (10, ["from_10_to_14"]),
        (14, ["from_10_to_14"]),
        (15, ["from_15_not_all"]),
        (18, ["from_15_not_all"]),
        (40, ["from_15_not_all"]),
    ],
)
def test_a_band_begins_and_ends_where_the_plans_say(criteria_met: int, expected: list[str]) -> None:
    assert bands(criteria_met, meets_all=False) == expected


@pytest.mark.parametrize("criteria_met", [3, 9, 12, 19])
def test_meeting_all_comes_before_any_number(criteria_met: int) -> None:
    assert bands(criteria_met, meets_all=True) == ["meets_all"]


def test_every_counter_of_the_table_is_rolled_up() -> None:
    keys = {"id", "unit", "round", "basis", "computed_at"}
    assert {field.name for field in Summary._meta.concrete_fields} - keys == set(COUNTERS)


@pytest.fixture
def round_(db: None) -> ReportingRound:
    set_of(3)
    return RoundFactory()


@pytest.fixture
def commune(round_: ReportingRound) -> AdministrativeUnit:
    return UnitFactory()


def test_a_commune_that_typed_is_assessed(
    commune: AdministrativeUnit, round_: ReportingRound
) -> None:
    assess(commune, round_, MET, NOT_MET, None)
    rebuild(round_)
    assert counted(commune, round_, "communes", "assessed", "criteria_met", "below_5") == (
        1,
        1,
        1,
        1,
    )


def test_a_commune_that_typed_nothing_counts_but_is_not_assessed(
    commune: AdministrativeUnit, round_: ReportingRound
) -> None:
    assess(commune, round_, None, None, None)
    rebuild(round_)
    assert counted(commune, round_, "communes", "assessed", "below_5", "below_10") == (1, 0, 0, 0)


def test_a_commune_that_meets_everything_is_in_no_band_below(
    commune: AdministrativeUnit, round_: ReportingRound
) -> None:
    assess(commune, round_, MET, MET, MET)
    rebuild(round_)
    assert counted(commune, round_, "meets_all", "criteria_met", "below_5", "below_10") == (
        1,
        3,
        0,
        0,
    )


def test_the_verified_basis_counts_what_was_verified(
    commune: AdministrativeUnit, round_: ReportingRound
) -> None:
    assess(commune, round_, MET, MET, NOT_MET, verified=[MET, NOT_MET, NOT_MET])
    unverified = UnitFactory()
    assess(unverified, round_, MET)
    rebuild(round_)
    assert counted(commune, round_, "criteria_met") == (2,)
    assert counted(commune, round_, "assessed", "criteria_met", basis="verified") == (1, 1)
    assert counted(unverified, round_, "communes", "assessed", basis="verified") == (1, 0)


@pytest.mark.parametrize(
    ("status", "submitted"),
    [("draft", 0), ("submitted", 1), ("verified", 1), ("returned", 0)],
)
def test_submitted_is_what_left_the_officers_hands(
    commune: AdministrativeUnit, round_: ReportingRound, status: str, submitted: int
) -> None:
    assess(commune, round_, MET, status=status)
    rebuild(round_)
    assert counted(commune, round_, "submitted", "verified") == (submitted, 0)
    assert counted(commune, round_, "submitted", "verified", basis="verified") == (submitted, 0)


def test_a_commune_verified_once_stays_counted_while_it_is_changed(
    commune: AdministrativeUnit, round_: ReportingRound
) -> None:
    assess(commune, round_, MET, verified=[MET], status="draft")
    rebuild(round_)
    assert counted(commune, round_, "submitted", "verified") == (0, 1)


def test_a_ward_is_on_the_map_but_not_in_the_programme(round_: ReportingRound) -> None:
    ward = UnitFactory(kind=AdministrativeUnit.Kind.WARD)
    assess(ward, round_, MET, MET, MET)
    rebuild(round_)
    assert counted(ward, round_, "communes", "assessed", "submitted", "meets_all") == (0, 0, 0, 0)


def test_another_standard_is_not_mixed_in(
    commune: AdministrativeUnit, round_: ReportingRound
) -> None:
    assess(commune, round_, MET, MET, MET)
    advanced = CriteriaSetFactory(code="advanced", standard="advanced")
    assess(commune, round_, MET, criteria_set=advanced)
    rebuild(round_)
    assert counted(commune, round_, "assessed", "criteria_met") == (1, 3)
