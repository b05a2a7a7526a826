"""Both eras in one portal: a round of the set of 2021–2025, beside those of 2016–2020."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from communes.models import StaleUnit
from criteria.assessment import rejudge
from criteria.loading import load_set
from criteria.models import (
    Assessment,
    CriteriaSet,
    IndicatorValue,
    Outcome,
    Recognition,
    ReportingRound,
    Threshold,
)
from criteria.models.assessments import Basis
from programme.demonstration.next_era import PLAN
from programme.verification.rounds import verify
from tests.programme.demonstration.conftest import Run

pytestmark = pytest.mark.django_db
NEXT = Path(settings.BASE_DIR) / "criteria" / "data" / "commune-2021-2025.json"


@pytest.fixture
def both(run: Run) -> ReportingRound:
    load_set(NEXT)
    run()
    return ReportingRound.objects.get(code=PLAN.code)


def test_the_round_is_judged_by_the_law_of_its_day_and_labelled(both: ReportingRound) -> None:
    assert (both.status, both.is_demonstration) == ("published", True)
    judged_by = set(Assessment.objects.values_list("round__code", "criteria_set__code"))
    assert judged_by == {
        ("2019-Q4", "commune-2016-2020"),
        ("2020-Q2", "commune-2016-2020"),
        ("2020-Q4", "commune-2016-2020"),
        (PLAN.code, "commune-2021-2025"),
    }
    assert ReportingRound.objects.current() == ReportingRound.objects.get(code="2020-Q4")


def test_what_nobody_could_read_is_undetermined_and_never_invented(both: ReportingRound) -> None:
    income = IndicatorValue.objects.filter(assessment__round=both, measure__code="10")
    assert set(income.values_list("verdict", flat=True)) == {"undetermined"}
    set_ = CriteriaSet.objects.get(code="commune-2021-2025")
    invented = Threshold.objects.filter(
        is_demonstration=True, measure__indicator__criterion__criteria_set=set_
    )
    kinds = invented.values_list("province_code", "measure__indicator__delegated_to").distinct()
    assert set(kinds) == {("42", "province")}  # Kon Tum has not set its own


def test_every_verdict_there_is_can_be_shown(both: ReportingRound) -> None:
    values = IndicatorValue.objects.filter(assessment__round=both)
    assert {"met", "not_met", "undetermined", "not_applicable"} <= set(
        values.values_list("verdict", flat=True)
    )
    left_out = values.filter(is_not_assessed=True)
    assert left_out.filter(verified_is_not_assessed=True).count() == left_out.count() > 0
    assert not Outcome.objects.filter(assessment__round=both, criteria_missing__gt=0).exists()
    assert not Outcome.objects.filter(assessment__round=both, meets_all=True).exists()


def test_it_is_added_up_as_the_raw_values_say(both: ReportingRound) -> None:
    before = list(IndicatorValue.objects.order_by("pk").values_list("verdict", "threshold"))
    ReportingRound.objects.update(status="closed")  # a published one is not judged anew
    rejudge(both.assessments.values_list("pk", flat=True), bases=tuple(Basis))
    assert list(IndicatorValue.objects.order_by("pk").values_list("verdict", "threshold")) == before
    assert not StaleUnit.objects.exists()
    findings = verify([both], done=lambda _number: None)
    assert [str(difference) for difference in findings.shown] == []


def test_more_communes_are_recognised_by_its_day(both: ReportingRound) -> None:
    day = ReportingRound.objects.get(code="2020-Q4").reference_date
    held = Recognition.objects.filter(standard="ntm", unit__level="commune")
    since = held.filter(decision_date__gt=day)
    assert all(row.is_demonstration for row in since)
    assert held.in_force(both.reference_date).count() >= held.in_force(day).count()


def test_more_provinces_are_added_to_it_later(run: Run) -> None:
    load_set(NEXT)
    run("62")
    run()
    later = ReportingRound.objects.get(code=PLAN.code)
    assert later.status == "published"
    assert later.assessments.filter(unit__path__startswith="/VN/42/").exists()
    findings = verify([later], done=lambda _number: None)
    assert [str(difference) for difference in findings.shown] == []
