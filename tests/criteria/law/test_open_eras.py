"""The era from 2026 on: incomplete as it is shipped, whole when somebody has the file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from criteria.assessment import load_spec
from criteria.loading import load_set
from criteria.models import CriteriaSet, Criterion, Indicator
from criteria.scoring.judgements import Reason
from criteria.scoring.judging import judge_set
from criteria.scoring.thresholds import Place
from criteria.scoring.verdicts import Verdict
from tests.criteria.law.invented import OPEN_ERA, completed, write

if TYPE_CHECKING:
    from pathlib import Path

    from criteria.scoring.judgements import SetJudgement

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 31)


def _judged(group: str, number: Decimal) -> SetJudgement:
    spec = load_spec(CriteriaSet.objects.get(), DAY)
    numbers = {item.id: Decimal(1) if item.kind == "yes_no" else number for item in spec.measures}
    return judge_set(spec, numbers, Place(commune_group=group, year=DAY.year))


def test_the_open_era_loads_incomplete_and_nothing_in_it_is_met() -> None:
    load_set(OPEN_ERA)
    law = CriteriaSet.objects.get()
    assert (law.is_complete, law.indicators_total) == (False, 47)
    assert Criterion.objects.filter(is_complete=False).count() == 10
    judged = _judged("2", Decimal(100))
    assert set(judged.criteria.values()) == {Verdict.UNDETERMINED}
    assert all(judged.reason_for(pk) is Reason.INCOMPLETE for pk in judged.criteria)
    assert (judged.verdict, judged.meets_all) == (Verdict.UNDETERMINED, False)


def test_the_whole_file_takes_its_place(tmp_path: Path) -> None:
    load_set(OPEN_ERA)
    criteria = set(Criterion.objects.values_list("pk", "code"))
    loaded = load_set(write(tmp_path))
    assert (loaded.is_new, loaded.is_complete, loaded.indicators) == (False, True, 47)
    assert set(Criterion.objects.values_list("pk", "code")) == criteria
    assert Indicator.objects.count() == 47
    assert CriteriaSet.objects.get().is_complete


@pytest.mark.parametrize(("group", "level"), [("1", 90), ("2", 80), ("3", 70)])
def test_a_commune_is_judged_by_its_group(tmp_path: Path, group: str, level: int) -> None:
    load_set(write(tmp_path))
    assert _judged(group, Decimal(level)).meets_all
    below = _judged(group, Decimal(level) - Decimal("0.0001"))
    assert below.count(Verdict.NOT_MET) == 10
    assert not below.meets_all


def test_without_a_group_nothing_can_be_said(tmp_path: Path) -> None:
    load_set(write(tmp_path))
    judged = _judged("", Decimal(100))
    assert judged.verdict is Verdict.UNDETERMINED
    assert {item.reason for item in judged.measures.values()} == {Reason.NONE, Reason.FACT_UNKNOWN}


def test_a_criterion_of_which_one_indicator_is_unread_is_never_met(tmp_path: Path) -> None:
    data = completed()
    data["groups"][0]["criteria"][1]["indicators"].pop()
    load_set(write(tmp_path, data))
    judged = _judged("1", Decimal(100))
    assert judged.count(Verdict.MET) == 9
    assert judged.verdict is Verdict.UNDETERMINED
    assert not CriteriaSet.objects.get().is_complete
