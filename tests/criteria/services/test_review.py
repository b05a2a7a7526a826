"""Sending, verifying and returning: who may, when, and what is left behind."""

from decimal import Decimal
from functools import partial

import pytest

from communes.models import StaleUnit
from criteria.models import Assessment, Measure, Outcome
from criteria.services import (
    IncompleteAssessment,
    return_to_officer,
    save_value,
    submit,
    verify,
)
from ntm_portal.accounts.models import User
from ntm_portal.lib.errors import DomainError
from tests.factories import (
    AssessmentFactory,
    MeasureFactory,
    ProvinceFactory,
    RoundFactory,
    UserFactory,
    ValueFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(measure: Measure, officer: User) -> Assessment:
    assessment = AssessmentFactory(status="submitted", submitted_by=officer)
    ValueFactory(assessment=assessment, measure=measure, number=90)
    return assessment


def test_a_complete_assessment_is_sent_with_who_and_when(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    ValueFactory(assessment=assessment, measure=measure, number=90)
    submit(assessment.pk, by=officer)
    assessment.refresh_from_db()
    assert (assessment.status, assessment.submitted_by) == ("submitted", officer)
    assert assessment.submitted_at is not None
    event = assessment.events.get()
    assert (event.from_status, event.to_status, event.by) == ("draft", "submitted", officer)
    assert StaleUnit.objects.get().unit_id == assessment.unit_id


def test_an_assessment_with_missing_values_is_not_sent_and_they_are_named(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    empty = ValueFactory(assessment=assessment, number=None).measure
    with pytest.raises(IncompleteAssessment) as refused:
        submit(assessment.pk, by=officer)
    assert set(refused.value.codes) == {"5", empty.code}
    assert "5" in str(refused.value)
    assert not assessment.events.exists()


def test_what_the_law_leaves_open_does_not_hinder_sending(
    assessment: Assessment, officer: User
) -> None:
    ValueFactory(assessment=assessment, measure=MeasureFactory(), verdict="undetermined")
    assert submit(assessment.pk, by=officer).status == "submitted"


def test_a_returned_assessment_is_sent_again(measure: Measure, officer: User) -> None:
    assessment = AssessmentFactory(status="returned")
    ValueFactory(assessment=assessment, measure=measure)
    assert submit(assessment.pk, by=officer).status == "submitted"


def test_what_was_sent_is_not_sent_twice(sent: Assessment, officer: User) -> None:
    with pytest.raises(DomainError) as refused:
        submit(sent.pk, by=officer)
    assert refused.value.code == "wrong-status"


def test_verifying_copies_the_numbers_and_judges_both_bases(
    sent: Assessment, verifier: User
) -> None:
    verify(sent.pk, by=verifier)
    sent.refresh_from_db()
    assert (sent.status, sent.verified_by) == ("verified", verifier)
    assert sent.values.get().verified_number == 90
    outcomes = Outcome.objects.filter(assessment=sent).values_list("basis", "criteria_met")
    assert dict(outcomes) == {"reported": 1, "verified": 1}
    assert sent.events.get().to_status == "verified"
    assert StaleUnit.objects.count() == 1


def test_nobody_verifies_what_she_sent_herself(measure: Measure) -> None:
    both = UserFactory(roles={"officer": ProvinceFactory(), "verifier": ProvinceFactory()})
    assessment = AssessmentFactory(status="submitted", submitted_by=both)
    with pytest.raises(DomainError) as refused:
        verify(assessment.pk, by=both)
    assert refused.value.code == "second-person"


def test_returning_gives_the_reason_to_the_officer(sent: Assessment, verifier: User) -> None:
    return_to_officer(sent.pk, reason=" Thiếu biên bản ", by=verifier)
    sent.refresh_from_db()
    assert sent.status == "returned"
    event = sent.events.get()
    assert (event.reason, event.by, event.to_status) == ("Thiếu biên bản", verifier, "returned")
    assert StaleUnit.objects.count() == 1


def test_returning_asks_for_a_reason(sent: Assessment, verifier: User) -> None:
    with pytest.raises(DomainError) as refused:
        return_to_officer(sent.pk, reason="  ", by=verifier)
    assert refused.value.code == "reason-required"


@pytest.mark.parametrize("status", ["draft", "returned", "verified"])
def test_only_what_was_sent_is_reviewed(verifier: User, status: str) -> None:
    assessment = AssessmentFactory(status=status)
    for review in (verify, partial(return_to_officer, reason="x")):
        with pytest.raises(DomainError) as refused:
            review(assessment.pk, by=verifier)
        assert refused.value.code == "wrong-status"


@pytest.mark.parametrize(
    ("role", "may_send", "may_review"),
    [
        ("officer", True, False),
        ("verifier", False, True),
        ("committee", False, False),
        ("administrator", False, False),
    ],
)
def test_each_role_has_its_own_step(
    measure: Measure, role: str, *, may_send: bool, may_review: bool
) -> None:
    person = UserFactory(roles={role: ProvinceFactory()})
    draft, sent = AssessmentFactory(), AssessmentFactory(status="submitted")
    for assessment in (draft, sent):
        ValueFactory(assessment=assessment, measure=measure)
    for step, assessment, allowed in ((submit, draft, may_send), (verify, sent, may_review)):
        if allowed:
            step(assessment.pk, by=person)
        else:
            with pytest.raises(DomainError) as refused:
                step(assessment.pk, by=person)
            assert refused.value.code == "not-allowed"


def test_nothing_is_sent_or_reviewed_in_a_published_round(officer: User, verifier: User) -> None:
    published = RoundFactory(status="published")
    draft = AssessmentFactory(round=published)
    sent = AssessmentFactory(round=published, status="submitted")
    with pytest.raises(DomainError, match="published"):
        submit(draft.pk, by=officer)
    with pytest.raises(DomainError, match="published"):
        verify(sent.pk, by=verifier)


def test_what_was_sent_again_after_she_opened_it_is_not_verified_unseen(
    sent: Assessment, measure: Measure, officer: User, verifier: User
) -> None:
    sent.refresh_from_db()
    seen = sent.version
    return_to_officer(sent.pk, reason="sai số", by=verifier)
    save_value(sent.pk, measure.code, Decimal(40), seen_version=1, by=officer)
    submit(sent.pk, by=officer)
    with pytest.raises(DomainError) as refused:
        verify(sent.pk, by=verifier, seen_version=seen)
    assert refused.value.code == "changed-meanwhile"
    sent.refresh_from_db()
    assert (sent.status, sent.verified_at) == ("submitted", None)
    assert verify(sent.pk, by=verifier, seen_version=sent.version).status == "verified"
