"""Criteria of a place: shares, bars, what holds back most."""

from __future__ import annotations

from decimal import Decimal

import pytest

from criteria.models import Criterion, ReportingRound
from programme.dashboard import tallies
from programme.dashboard.tallies import Cell
from programme.rollup import rebuild
from tests.factories import DistrictFactory, UnitFactory
from tests.programme.rows import MET, NOT_MET, assess, set_of


def cell(position: int = 1, **counts: int) -> Cell:
    verdicts = ("met", "not_met", "missing", "undetermined", "not_applicable")
    criterion = Criterion(code=str(position), position=position)
    return Cell(criterion, **{name: counts.get(name, 0) for name in verdicts})


def test_communes_to_which_a_criterion_does_not_apply_are_left_out_of_its_share() -> None:
    assert cell(met=3, not_met=1, not_applicable=6).met_share == Decimal(75)
    assert cell(not_applicable=6).met_share is None


def test_the_bars_fill_the_height_whatever_the_rounding() -> None:
    thirds = cell(met=1, not_met=1, undetermined=1)
    assert [(bar.verdict, bar.y, bar.height) for bar in thirds.bars] == [
        ("met", 67, 33),
        ("undetermined", 33, 34),
        ("missing", 33, 0),
        ("not_met", 0, 33),
    ]


def test_a_criterion_is_undetermined_only_where_no_commune_was_judged() -> None:
    assert cell(undetermined=2, missing=1).is_undetermined
    assert not cell(undetermined=2, not_met=1).is_undetermined
    assert not cell().is_undetermined


def test_what_most_communes_do_not_meet_comes_first() -> None:
    cells = [cell(1, not_met=2), cell(2, met=9), cell(3, not_met=5), cell(4, not_met=2)]
    found = tallies.most_blocking(cells, limit=2)
    assert [item.criterion.code for item in found] == ["3", "1"]


@pytest.mark.django_db
def test_criteria_are_read_from_what_was_added_up(now: ReportingRound) -> None:
    set_of(2)
    strong, weak = UnitFactory(), UnitFactory()
    assess(strong, now, MET, NOT_MET)
    assess(weak, now, NOT_MET, None)
    rebuild(now)
    district = DistrictFactory()
    first, second = tallies.strip(district.code, now)
    assert (first.met, first.not_met) == (1, 1)
    assert (second.met, second.not_met, second.missing) == (0, 1, 1)
    assert tallies.blocking_codes([first, second]) == (first.criterion.code, second.criterion.code)
    verdicts = tallies.verdicts([weak.code], now)[weak.code]
    assert [item.verdict for item in verdicts] == ["not_met", "missing"]
    assert tallies.not_met(verdicts) == (first.criterion.code,)
