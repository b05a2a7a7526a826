"""Which round is shown."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from criteria.models import ReportingRound
from programme.dashboard.rounds import choose
from tests.factories import RoundFactory

pytestmark = pytest.mark.django_db


def test_without_a_code_the_open_round_is_shown(
    before: ReportingRound, now: ReportingRound
) -> None:
    RoundFactory(
        code="2021-Q2",
        reference_date=date(2021, 6, 30),
        opens_on=date(2021, 6, 1),
        due_on=date(2021, 7, 15),
        status="closed",
    )
    found = choose("")
    assert (found.chosen, found.previous, found.day) == (now, before, now.reference_date)


def test_a_code_chooses_its_round_and_the_one_before(
    before: ReportingRound, now: ReportingRound
) -> None:
    found = choose("2020-Q2")
    assert (found.chosen, found.previous) == (before, None)
    assert found.known == (now, before)
    assert found.up_to_chosen == (before,)


def test_an_unknown_code_is_refused(now: ReportingRound) -> None:
    with pytest.raises(ReportingRound.DoesNotExist):
        choose("1999-Q4")


def test_without_any_round_the_map_of_today_is_shown() -> None:
    found = choose("")
    assert (found.chosen, found.previous, found.day) == (None, None, timezone.localdate())
