"""What is recorded reaches the figures: certified follows after the roll-up."""

from datetime import date

import pytest

from communes.models import AdministrativeUnit
from criteria.models import ReportingRound
from criteria.services.recognition_checks import Revocation
from criteria.services.recognitions import recognise, revoke
from ntm_portal.accounts.models import User
from programme.models import Summary
from programme.rollup import rebuild, refresh_stale
from tests.criteria.recognitions.rows import decision
from tests.factories import RoundFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(commune: AdministrativeUnit) -> ReportingRound:
    round_ = RoundFactory(code="2020-Q4", reference_date=date(2020, 12, 31))
    rebuild(round_)
    return round_


def figure(unit: AdministrativeUnit, round_: ReportingRound, counter: str) -> set[int]:
    """Return the counter on both bases."""
    return set(Summary.objects.filter(unit=unit, round=round_).values_list(counter, flat=True))


def test_a_commune_is_certified_in_every_unit_above_it_and_no_more_when_revoked(
    commune: AdministrativeUnit,
    province: AdministrativeUnit,
    round_: ReportingRound,
    officer: User,
) -> None:
    assert figure(province, round_, "certified") == {0}
    recognition = recognise(commune, decision(), by=officer)
    assert refresh_stale() == 1
    assert figure(commune, round_, "certified") == {1}
    assert figure(province, round_, "certified") == {1}
    paper = Revocation(on=date(2020, 12, 31), number="9/QĐ", reason="Income fell.")
    revoke(recognition.pk, paper, by=officer)
    assert refresh_stale() == 1
    assert figure(province, round_, "certified") == {0}


def test_a_district_is_counted_as_recognised(
    commune: AdministrativeUnit,
    province: AdministrativeUnit,
    round_: ReportingRound,
    officer: User,
) -> None:
    recognise(commune, decision(), by=officer)
    assert commune.parent
    recognise(commune.parent, decision(authority_level="nation"), by=officer)
    refresh_stale()
    assert figure(province, round_, "districts_recognised") == {1}


def test_a_round_of_before_the_decision_does_not_move(
    commune: AdministrativeUnit, round_: ReportingRound, officer: User
) -> None:
    recognise(commune, decision(date=date(2021, 1, 1)), by=officer)
    refresh_stale()
    assert figure(commune, round_, "certified") == {0}
