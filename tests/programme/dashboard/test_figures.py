"""Counters of places and the ratios made of them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from criteria.models import ReportingRound
from programme.dashboard import figures
from programme.dashboard.rounds import choose
from programme.models import Summary
from programme.rollup import rebuild
from tests.factories import NationFactory, RecognitionFactory, UnitFactory
from tests.programme.rows import MET, NOT_MET, assess, set_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(1, 4, Decimal(25)), (0, 4, Decimal(0)), (0, 0, None)]
)
def test_of_nothing_there_is_no_share(part: int, whole: int, expected: Decimal | None) -> None:
    assert figures.share(part, whole) == expected


def test_a_nation_is_the_sum_of_its_communes(now: ReportingRound) -> None:
    set_of(2)
    certified, failing, silent, _unasked = (UnitFactory() for _ in range(4))
    RecognitionFactory(unit=certified)
    assess(certified, now, MET, MET, verified=[MET, NOT_MET])
    assess(failing, now, MET, NOT_MET)
    assess(silent, now)
    rebuild(now)
    nation = figures.read(NationFactory(), [], choose(""))["VN", now.pk]
    assert (nation.communes, nation.certified) == (4, 1)
    assert nation.certified_share == Decimal(25)
    assert nation.meets_all_share == Decimal(25)
    assert nation.mean_criteria == Decimal("1.5")
    assert (nation.reported.meets_all, nation.verified.meets_all, nation.unverified) == (1, 0, 1)


def test_an_area_without_reports_has_no_mean() -> None:
    assert figures.Figures(Summary(), Summary()).mean_criteria is None


def test_a_place_is_read_in_every_round_and_its_parts_in_those_shown(
    before: ReportingRound, now: ReportingRound
) -> None:
    commune = UnitFactory()
    rebuild(before)
    rebuild(now)
    found = figures.read(NationFactory(), [commune], choose(before.code))
    assert set(found) == {("VN", before.pk), ("VN", now.pk), (commune.code, before.pk)}
    assert set(figures.series_of(found, "VN")) == {before.pk, now.pk}
