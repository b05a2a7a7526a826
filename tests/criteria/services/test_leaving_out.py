"""An indicator that the law lets be left out: stated, verified by itself, changed, refused."""

from decimal import Decimal

import pytest

from criteria.models import Assessment, Measure, Outcome
from criteria.scoring.verdicts import NOT_ASSESSED, Typed
from criteria.services import ValueConflict, save_value, submit, verify
from ntm_portal.accounts.models import User
from ntm_portal.lib.errors import DomainError
from programme.rollup import rebuild
from programme.verification.rounds import verify as verify_rounds
from tests.factories import CriterionFactory, MeasureFactory, ThresholdFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def market(assessment: Assessment) -> Measure:
    """A yes or no that need not be answered where no market is planned."""
    measure = MeasureFactory(
        criterion=CriterionFactory(code="7"),
        code="7",
        kind="yes_no",
        comparator="yes",
        not_assessed_when="không có chợ trong quy hoạch",
    )
    ThresholdFactory(measure=measure, value=1)
    return measure


def leave(assessment: Assessment, by: User, typed: Typed = NOT_ASSESSED, seen: int = 0) -> None:
    save_value(assessment.pk, "7", typed, seen_version=seen or None, by=by)


def met(assessment: Assessment, basis: str) -> tuple[int, int]:
    outcome = Outcome.objects.get(assessment=assessment, basis=basis)
    return outcome.criteria_met, outcome.criteria_not_met


def test_what_is_left_out_is_not_applicable_and_owes_nothing(
    assessment: Assessment, market: Measure, officer: User
) -> None:
    leave(assessment, officer)
    value = assessment.values.get()
    assert (value.typed, value.number, value.verdict) == (NOT_ASSESSED, None, "not_applicable")
    change = value.changes.get()
    assert (change.old, change.new) == (None, NOT_ASSESSED)
    assert submit(assessment.pk, by=officer).status == "submitted"


def test_a_number_takes_its_place_and_the_history_keeps_both(
    assessment: Assessment, market: Measure, officer: User
) -> None:
    leave(assessment, officer)
    leave(assessment, officer, Decimal(0), seen=1)
    value = assessment.values.get()
    assert (value.typed, value.verdict) == (Decimal(0), "not_met")
    leave(assessment, officer, NOT_ASSESSED, seen=2)
    leave(assessment, officer, None, seen=3)
    said = [(change.old, change.new) for change in value.changes.order_by("version")]
    assert said == [
        (None, NOT_ASSESSED),
        (NOT_ASSESSED, 0),
        (0, NOT_ASSESSED),
        (NOT_ASSESSED, None),
    ]
    value.refresh_from_db()
    assert value.verdict == "missing"


def test_the_same_again_changes_nothing(
    assessment: Assessment, market: Measure, officer: User
) -> None:
    leave(assessment, officer)
    leave(assessment, officer)
    assert assessment.values.get().changes.count() == 1


def test_it_is_never_laid_over_an_unseen_answer(
    assessment: Assessment, market: Measure, officer: User
) -> None:
    leave(assessment, officer, Decimal(1))
    with pytest.raises(ValueConflict) as refused:
        leave(assessment, officer)
    assert (refused.value.theirs.typed, refused.value.mine) == (Decimal(1), NOT_ASSESSED)


def test_where_the_law_asks_it_of_everybody_it_is_refused(
    assessment: Assessment, market: Measure, officer: User
) -> None:
    Measure.objects.update(not_assessed_when="")
    with pytest.raises(DomainError) as refused:
        leave(assessment, officer)
    assert refused.value.code == "may-not-be-left-out"
    assert "7" in str(refused.value)
    assert not assessment.values.exists()


def test_the_verified_figure_keeps_what_was_verified(
    assessment: Assessment, market: Measure, officer: User, verifier: User
) -> None:
    leave(assessment, officer)
    submit(assessment.pk, by=officer)
    verify(assessment.pk, by=verifier)
    leave(assessment, officer, Decimal(0), seen=1)
    value = assessment.values.get()
    assert (value.typed, value.verified) == (Decimal(0), NOT_ASSESSED)
    assert (met(assessment, "reported"), met(assessment, "verified")) == ((0, 1), (0, 0))
    submit(assessment.pk, by=officer)
    verify(assessment.pk, by=verifier)
    leave(assessment, officer, NOT_ASSESSED, seen=2)
    assert (met(assessment, "reported"), met(assessment, "verified")) == ((0, 0), (0, 1))


def test_both_bases_are_proved_from_the_raw_values(
    assessment: Assessment, market: Measure, officer: User, verifier: User
) -> None:
    leave(assessment, officer)
    submit(assessment.pk, by=officer)
    verify(assessment.pk, by=verifier)
    leave(assessment, officer, Decimal(1), seen=1)
    rebuild(assessment.round)
    findings = verify_rounds([assessment.round], done=lambda _number: None)
    assert [str(difference) for difference in findings.shown] == []
    assert met(assessment, "reported") != met(assessment, "verified")
