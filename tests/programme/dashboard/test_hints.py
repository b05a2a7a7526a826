"""Where something can be done."""

from __future__ import annotations

import pytest

from criteria.models import ReportingRound
from programme.dashboard import areas
from programme.dashboard.rounds import choose
from programme.rollup import rebuild
from tests.factories import NationFactory, ProvinceFactory, UnitFactory
from tests.programme.rows import MET, NOT_MET, assess, set_of

pytestmark = pytest.mark.django_db


def test_hints_are_counted_from_the_rows(before: ReportingRound, now: ReportingRound) -> None:
    set_of(2)
    short, whole = UnitFactory(), UnitFactory()
    assess(short, before, MET, MET)
    assess(short, now, MET, NOT_MET)
    assess(whole, now, MET, MET)
    rebuild(before)
    rebuild(now)
    hints = areas.read(NationFactory(), choose(""), "").hints
    assert (hints.one_short, hints.ready, hints.lost) == (1, 1, 1)
    assert [
        (cell.not_met, held.communes)
        for cell, held in zip(hints.blocking, hints.one_short_by, strict=True)
    ] == [(1, 1)]
    assert hints.most_unverified.unit == ProvinceFactory()
    assert hints


def test_without_a_round_before_nothing_can_be_lost(now: ReportingRound) -> None:
    set_of(1)
    assess(UnitFactory(), now, MET, verified=[MET])
    rebuild(now)
    assert areas.read(NationFactory(), choose(""), "").hints.lost is None


def test_where_nothing_is_held_back_there_is_no_hint(now: ReportingRound) -> None:
    assert not areas.read(NationFactory(), choose(""), "").hints
