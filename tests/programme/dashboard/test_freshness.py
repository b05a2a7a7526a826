"""How fresh the figures of a place are."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from communes.models import AdministrativeUnit, StaleUnit
from criteria.models import ReportingRound
from programme.dashboard import figures, freshness, ground
from programme.dashboard.freshness import Freshness
from programme.dashboard.rounds import choose
from programme.models import RollupState
from programme.rollup import rebuild
from tests.factories import DistrictFactory, NationFactory, UnitFactory

pytestmark = pytest.mark.django_db
LONG_AGO = date(2020, 1, 1)


def freshness_of(unit: AdministrativeUnit, round_: ReportingRound) -> Freshness:
    shown = choose(round_.code)
    found = ground.find(unit.code, shown, [unit.path])
    assert found is not None
    now = figures.read(unit, [], shown).get((unit.code, round_.pk))
    return freshness.of(found.freshness, round_, now)


def test_units_within_the_place_that_wait_are_counted_once(now: ReportingRound) -> None:
    here, elsewhere = UnitFactory(), UnitFactory(parent=DistrictFactory(code="610"))
    for unit in (here, here, elsewhere):
        StaleUnit.objects.create(unit=unit, since=LONG_AGO)
    StaleUnit.objects.create(unit=UnitFactory(), since=now.reference_date + timedelta(days=1))
    assert freshness_of(NationFactory(), now).pending == 2
    assert freshness_of(DistrictFactory(), now).pending == 1


def test_a_published_round_owes_nothing_and_keeps_its_own_time(before: ReportingRound) -> None:
    unit = UnitFactory()
    rebuild(before)
    StaleUnit.objects.create(unit=unit, since=LONG_AGO)
    RollupState.objects.update_or_create(pk=1, defaults={"refreshed_at": timezone.now()})
    found = freshness_of(NationFactory(), before)
    summary = NationFactory().summaries.filter(round=before)[0]
    assert (found.pending, found.refreshed_at) == (0, summary.computed_at)


def test_the_token_changes_with_anything_there_is_to_say() -> None:
    at = timezone.now()
    later = Freshness(at + timedelta(seconds=1), 3)
    tokens = {Freshness(None, 0).token, Freshness(at, 3).token, Freshness(at, 2).token, later.token}
    assert len(tokens) == 4


def test_only_figures_of_today_are_dated_by_the_time_alone() -> None:
    assert Freshness(timezone.now(), 0).is_of_today
    assert not Freshness(timezone.now() - timedelta(days=1), 0).is_of_today
    assert not Freshness(None, 0).is_of_today
