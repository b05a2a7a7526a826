"""Communes by how they stand: what is counted is what is listed."""

from __future__ import annotations

import pytest

from communes.models import AdministrativeUnit
from criteria.models import ReportingRound
from programme.dashboard import communes, listing
from programme.dashboard.communes import CONDITIONS, Standing
from programme.dashboard.rounds import Rounds, choose
from tests.factories import DistrictFactory, NationFactory, RecognitionFactory, UnitFactory
from tests.programme.rows import MET, NOT_MET, assess, set_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def rounds(before: ReportingRound, now: ReportingRound) -> Rounds:
    set_of(3)
    return choose("")


def listed(standing: Standing, rounds: Rounds) -> list[str]:
    found = communes.outcomes(NationFactory(), rounds).filter(CONDITIONS[standing])
    return [row.assessment.unit.code for row in listing.for_listing(found, rounds)]


def test_one_criterion_short_is_any_single_criterion_that_is_not_met(
    rounds: Rounds, now: ReportingRound
) -> None:
    failing, silent, two_short, whole = (UnitFactory() for _ in range(4))
    assess(failing, now, MET, MET, NOT_MET)
    assess(silent, now, MET, MET, None)
    assess(two_short, now, MET, NOT_MET, NOT_MET)
    assess(whole, now, MET, MET, MET)
    assert listed(Standing.ONE_SHORT, rounds) == [failing.code, silent.code]
    assert communes.count(NationFactory(), rounds).one_short == 2


def test_what_alone_holds_back_is_counted_by_criterion(rounds: Rounds, now: ReportingRound) -> None:
    for numbers in [(MET, MET, NOT_MET), (MET, NOT_MET, MET), (MET, NOT_MET, MET)]:
        assess(UnitFactory(), now, *numbers)
    assess(UnitFactory(), now, NOT_MET, NOT_MET, NOT_MET)
    first, second = communes.count(NationFactory(), rounds).alone
    assert (first[1], second[1]) == (2, 1)
    assert first[0] < second[0]


def test_ready_are_those_that_meet_all_and_are_not_recognised(
    rounds: Rounds, now: ReportingRound
) -> None:
    ready, recognised, short = (UnitFactory() for _ in range(3))
    RecognitionFactory(unit=recognised)
    assess(ready, now, MET, MET, MET)
    assess(recognised, now, MET, MET, MET)
    assess(short, now, MET, MET, NOT_MET)
    assert listed(Standing.READY, rounds) == [ready.code]
    assert communes.count(NationFactory(), rounds).ready == 1


def test_lost_are_those_that_meet_fewer_than_in_the_round_before(
    rounds: Rounds, before: ReportingRound, now: ReportingRound
) -> None:
    worse, same, new = (UnitFactory() for _ in range(3))
    assess(worse, before, MET, MET, MET)
    assess(worse, now, MET, MET, NOT_MET)
    assess(same, before, MET, NOT_MET, MET)
    assess(same, now, MET, MET, NOT_MET)
    assess(new, now, NOT_MET, NOT_MET, NOT_MET)
    assert listed(Standing.LOST, rounds) == [worse.code]
    assert communes.count(NationFactory(), rounds).lost == 1
    (row,) = listing.listed(
        listing.for_listing(
            communes.outcomes(NationFactory(), rounds).filter(CONDITIONS[Standing.LOST]), rounds
        ),
        NationFactory(),
        rounds,
    )
    assert (row.criteria_met, row.criteria_total, row.change) == (2, 3, -1)
    assert len(row.not_met) == 1
    assert [unit.code for unit in row.lies_in] == ["62", "608"]


def test_a_commune_that_typed_nothing_stands_nowhere(rounds: Rounds, now: ReportingRound) -> None:
    assess(UnitFactory(), now)
    assert communes.count(NationFactory(), rounds) == communes.Counted(0, 0, ())


def test_a_place_counts_only_its_own_communes(rounds: Rounds, now: ReportingRound) -> None:
    neighbour: AdministrativeUnit = DistrictFactory(code="610", name="Huyện Bên")
    assess(UnitFactory(), now, MET, MET, NOT_MET)
    assess(UnitFactory(parent=neighbour), now, MET, MET, NOT_MET)
    assert communes.count(NationFactory(), rounds).one_short == 2
    assert communes.count(neighbour, rounds).one_short == 1
