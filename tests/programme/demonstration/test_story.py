"""What is told of communes holds, and what is said of one number comes true when it is typed."""

import csv
from pathlib import Path

import pytest
from django.conf import settings

from criteria.models import Assessment, Outcome
from criteria.models.assessments import Basis
from criteria.services import save_value
from ntm_portal.accounts.models import User
from programme.demonstration.story import DOAN_KET, ONE_MEASURE_SHORT, TOLD, Flip
from programme.models import Summary
from programme.rollup import refresh_stale
from tests.programme.demonstration.conftest import Run

pytestmark = pytest.mark.django_db


def assessment_of(code: str) -> Assessment:
    return Assessment.objects.get(unit__code=code, round__code="2020-Q4")


def below_10() -> int:
    nation = Summary.objects.get(unit__code="VN", round__code="2020-Q4", basis=Basis.REPORTED)
    return nation.below_10


@pytest.mark.parametrize("seed", [None, 7, 11])
def test_each_told_commune_is_where_it_is_told_to_be(run: Run, seed: int | None) -> None:
    run("62", seed=seed)
    for told in TOLD.values():
        assessment = assessment_of(told.code)
        assert assessment.status == told.course.value
        outcome = assessment.outcomes.get(basis=Basis.REPORTED)
        for code, verdict in outcome.verdicts.values_list("criterion__code", "verdict"):
            expected = told.meets(code) and code != "17"  # undetermined in Kon Tum, or missing
            assert told.meets(code) is None or (verdict == "met") == expected, (told.name, code)
        for code, numbers in told.numbers.items():
            assert assessment.values.get(measure__code=code).number == numbers[-1]


def test_doan_ket_is_a_draft_with_three_fields_missing_and_an_income_just_too_low(
    run: Run,
) -> None:
    run("62")
    assessment = assessment_of(DOAN_KET.code)
    outcome = assessment.outcomes.get(basis=Basis.REPORTED)
    assert assessment.status == Assessment.Status.DRAFT
    assert (outcome.measures_typed, outcome.measures_total) == (47, 50)
    assert (outcome.criteria_met, outcome.criteria_total) == (17, 19)
    income = assessment.values.get(measure__code="10")
    assert income.verdict == "not_met"
    assert str(income.distance.normalize() if income.distance else "") == "-1.5"


@pytest.mark.parametrize("flip", ONE_MEASURE_SHORT, ids=lambda flip: str(flip.commune_code))
def test_one_number_takes_one_commune_out_of_those_below_10(run: Run, flip: Flip) -> None:
    run("62")
    before, assessment = below_10(), assessment_of(flip.commune_code)
    value = assessment.values.get(measure__code=flip.measure_code)
    officer = User.objects.get(username="officer")
    save_value(
        assessment.pk, flip.measure_code, flip.number, seen_version=value.version, by=officer
    )
    refresh_stale()
    outcome = Outcome.objects.get(assessment=assessment, basis=Basis.REPORTED)
    assert outcome.criteria_met == 10
    assert below_10() == before - 1


def test_the_told_communes_are_on_the_shipped_map() -> None:
    shipped = Path(settings.BASE_DIR) / "communes" / "data" / "units-2025-06-30.csv"
    with shipped.open(encoding="utf-8", newline="") as lines:
        names = {
            line["code"]: line["name"] for line in csv.DictReader(lines) if line["kind"] == "xa"
        }
    for told in TOLD.values():
        assert names[told.code] == told.name
    assert {flip.commune_code for flip in ONE_MEASURE_SHORT} <= TOLD.keys()
