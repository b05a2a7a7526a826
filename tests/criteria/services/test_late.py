"""Entering after a round has closed: with a reason, marked, verified anew; never once published."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from criteria.models import (
    Assessment,
    AssessmentEvent,
    IndicatorValue,
    LateEntry,
    Measure,
    ReportingRound,
    ValueChange,
)
from criteria.services import (
    Entry,
    close_round,
    publish_round,
    reopen_round,
    return_to_officer,
    save_value,
    save_values,
    save_what_holds,
    submit,
    verify,
)
from criteria.services.evidence import remark
from ntm_portal.accounts.models import User
from ntm_portal.lib.errors import DomainError
from programme.rollup import refresh_stale
from tests.factories import AssessmentFactory, LateEntryFactory, UserFactory, ValueFactory

pytestmark = pytest.mark.django_db
WHY = "Mất điện ba ngày"


@pytest.fixture
def closed(assessment: Assessment, measure: Measure, administrator: User) -> Assessment:
    """One commune, of which nothing is typed, in a round that has closed."""
    close_round(assessment.round_id, by=administrator)
    return assessment


def enter(
    assessment: Assessment, number: int, by: User, reason: str = "", seen: int | None = None
) -> None:
    entries = [Entry("5", Decimal(number), seen)]
    refused = save_values(assessment.pk, entries, by=by, late_reason=reason).refused
    assert not refused


def test_without_a_reason_nothing_is_entered(closed: Assessment, officer: User) -> None:
    for blank in ("", "  "):
        with pytest.raises(DomainError, match="say why") as refused:
            enter(closed, 90, officer, blank)
        assert refused.value.code == "late-reason-required"
    assert not IndicatorValue.objects.exists()
    assert not LateEntry.objects.exists()


def test_with_a_reason_the_value_is_saved_judged_and_marked(
    closed: Assessment, officer: User
) -> None:
    enter(closed, 90, officer, f" {WHY} ")
    value, change = IndicatorValue.objects.get(), ValueChange.objects.get()
    assert value.verdict == "met"
    assert value.late == change.late == LateEntry.objects.get()
    assert value.late is not None
    assert (value.late.reason, value.late.by, value.late.assessment) == (WHY, officer, closed)


def test_a_reason_is_said_once_by_each_person(closed: Assessment, officer: User) -> None:
    colleague = UserFactory(roles={"officer": closed.unit.parent})
    enter(closed, 90, officer, WHY)
    enter(closed, 91, officer, seen=1)
    enter(closed, 92, officer, WHY, seen=2)
    assert LateEntry.objects.count() == 1
    with pytest.raises(DomainError, match="say why"):
        enter(closed, 93, colleague, seen=3)
    enter(closed, 93, officer, "Đo lại", seen=3)
    assert LateEntry.objects.count() == 2


def test_what_was_verified_is_verified_anew_by_a_second_person(
    assessment: Assessment, measure: Measure, officer: User, verifier: User, administrator: User
) -> None:
    save_value(assessment.pk, "5", Decimal(70), seen_version=None, by=officer)
    submit(assessment.pk, by=officer)
    verify(assessment.pk, by=verifier)
    close_round(assessment.round_id, by=administrator)
    enter(assessment, 90, officer, WHY, seen=1)
    assessment.refresh_from_db()
    assert assessment.status == "draft"
    assert IndicatorValue.objects.get().verified_number == 70
    submit(assessment.pk, by=officer)
    with pytest.raises(DomainError):
        verify(assessment.pk, by=officer)
    verify(assessment.pk, by=verifier)
    assert IndicatorValue.objects.get().verified_number == 90
    late = AssessmentEvent.objects.filter(late__isnull=False).values_list("to_status", flat=True)
    assert list(late) == ["draft", "submitted"]
    with pytest.raises(DomainError, match="say why"):
        enter(assessment, 91, officer, seen=2)


def test_sending_late_owes_a_reason_too(
    assessment: Assessment, measure: Measure, officer: User, administrator: User
) -> None:
    save_value(assessment.pk, "5", Decimal(70), seen_version=None, by=officer)
    close_round(assessment.round_id, by=administrator)
    with pytest.raises(DomainError, match="say why"):
        submit(assessment.pk, by=officer)
    submit(assessment.pk, by=officer, late_reason=WHY)
    event = AssessmentEvent.objects.get(to_status="submitted")
    assert event.late is not None
    assert event.late.reason == WHY
    assert IndicatorValue.objects.get().late is None, "it was typed in time"


def test_what_was_sent_in_time_may_be_returned_and_mended(
    assessment: Assessment, measure: Measure, officer: User, verifier: User, administrator: User
) -> None:
    save_value(assessment.pk, "5", Decimal(70), seen_version=None, by=officer)
    submit(assessment.pk, by=officer)
    close_round(assessment.round_id, by=administrator)
    return_to_officer(assessment.pk, reason="Đo lại", by=verifier)
    enter(assessment, 90, officer, WHY, seen=1)
    assert IndicatorValue.objects.get().number == 90


def test_what_is_typed_after_it_was_opened_again_is_in_time(
    closed: Assessment, officer: User, administrator: User
) -> None:
    enter(closed, 90, officer, WHY)
    reopen_round(closed.round_id, by=administrator, reason="Bổ sung")
    enter(closed, 91, officer, seen=1)
    assert IndicatorValue.objects.get().late is None
    assert [change.late is None for change in ValueChange.objects.all()] == [False, True]
    close_round(closed.round_id, by=administrator)
    with pytest.raises(DomainError, match="say why"):
        enter(closed, 92, officer, seen=2)


def test_a_published_round_takes_nothing_whatever_the_reason(
    closed: Assessment, officer: User, administrator: User
) -> None:
    refresh_stale()
    publish_round(closed.round_id, by=administrator)
    with pytest.raises(DomainError, match="published"):
        enter(closed, 90, officer, WHY)


def test_of_many_those_without_a_reason_are_refused_and_the_others_saved(
    closed: Assessment, officer: User
) -> None:
    others: list[Assessment] = [AssessmentFactory(round=closed.round) for _ in range(2)]
    entries = {item.pk: [Entry("5", Decimal(90))] for item in [closed, *others]}
    reasons = {closed.pk: WHY, others[0].pk: WHY}
    saved, (refusal,) = save_what_holds(entries, by=officer, channel="grid", late_reasons=reasons)
    assert saved.values == 2
    assert (refusal.assessment_id, refusal.error.code) == (others[1].pk, "late-reason-required")
    assert LateEntry.objects.count() == 2


def test_a_note_is_added_late_once_the_reason_is_said(closed: Assessment, officer: User) -> None:
    with pytest.raises(DomainError, match="say why"):
        remark(closed.pk, "5", "Theo biên bản", by=officer)
    enter(closed, 90, officer, WHY)
    remark(closed.pk, "5", "Theo biên bản", by=officer)


def test_a_reason_that_is_too_long_is_refused(closed: Assessment, officer: User) -> None:
    with pytest.raises(DomainError, match="500"):
        enter(closed, 90, officer, "x" * 501)


def refuses(write: object) -> None:
    assert callable(write)
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


def test_the_database_refuses_what_is_entered_late_without_a_reason(
    closed: Assessment, officer: User
) -> None:
    refuses(lambda: ValueFactory(assessment=closed, number=70))
    ReportingRound.objects.update(status="open")
    value = ValueFactory(assessment=closed, number=70)
    ReportingRound.objects.update(status="closed")
    change = {"value": value, "version": 1, "channel": "form", "by": officer}
    refuses(lambda: ValueChange.objects.create(**change))
    refuses(lambda: IndicatorValue.objects.filter(pk=value.pk).update(number=90))
    step = {"assessment": closed, "by": officer, "to_status": "submitted"}
    refuses(lambda: AssessmentEvent.objects.create(**step))
    refuses(lambda: LateEntry.objects.create(assessment=closed, by=officer, reason=""))
    anothers = LateEntryFactory(assessment=AssessmentFactory(round=closed.round))
    refuses(lambda: ValueChange.objects.create(**change, late=anothers))
    mine = LateEntryFactory(assessment=closed)
    ValueChange.objects.create(**change, late=mine)
    IndicatorValue.objects.filter(pk=value.pk).update(number=90, late=mine)
    IndicatorValue.objects.filter(pk=value.pk).update(verified_number=90)
