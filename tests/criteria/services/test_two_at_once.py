"""Two people do the same at the same moment: one of them is told."""

from __future__ import annotations

from decimal import Decimal
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest

from communes import services
from criteria.models import Assessment, IndicatorValue, ValueChange
from criteria.services import confirm_carried, save_value, verify
from ntm_portal.lib.errors import DomainError
from tests.factories import AssessmentFactory, ProvinceFactory, UserFactory, ValueFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from ntm_portal.accounts.models import User

    SideBySide = Callable[..., list[Any]]


@pytest.fixture(autouse=True)
def _nobody_adds_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "ask_for_rollup", lambda: None)


def people(role: str) -> tuple[User, User]:
    return (
        UserFactory(roles={role: ProvinceFactory()}),
        UserFactory(roles={role: ProvinceFactory()}),
    )


def at_once(work: Callable[[User], object], person: User, start: Barrier) -> Callable[[], str]:
    """Return the work of one person, which says how it ended."""

    def done() -> str:
        start.wait(timeout=10)
        try:
            work(person)
        except DomainError as refusal:
            return refusal.code
        return "done"

    return done


def test_of_two_who_change_the_same_value_one_sees_the_conflict(side_by_side: SideBySide) -> None:
    value: IndicatorValue = ValueFactory(number=Decimal(10))
    start = Barrier(2)

    def save(by: User) -> None:
        save_value(
            value.assessment_id,
            value.measure.code,
            Decimal(20 + by.pk % 2),
            seen_version=value.version,
            by=by,
        )

    works = [at_once(save, person, start) for person in people("officer")]
    assert sorted(side_by_side(*works)) == ["conflict", "done"]

    def left() -> tuple[int, int]:
        return ValueChange.objects.count(), IndicatorValue.objects.get().version

    assert side_by_side(left) == [(1, value.version + 1)]


def test_of_two_who_verify_one_is_told_that_it_is_done(side_by_side: SideBySide) -> None:
    sent: Assessment = AssessmentFactory(status="submitted")
    ValueFactory(assessment=sent)
    start = Barrier(2)
    works = [
        at_once(lambda by: verify(sent.pk, by=by), person, start) for person in people("verifier")
    ]
    assert sorted(side_by_side(*works)) == ["done", "wrong-status"]
    assert side_by_side(sent.events.count) == [1]


def test_what_two_confirm_at_once_is_confirmed_once(side_by_side: SideBySide) -> None:
    value: IndicatorValue = ValueFactory(number=Decimal(10), is_carried=True)
    start = Barrier(2)
    works = [
        at_once(lambda by: confirm_carried(value.assessment_id, by=by), person, start)
        for person in people("officer")
    ]
    assert side_by_side(*works) == ["done", "done"]
    assert side_by_side(value.changes.count) == [1]
