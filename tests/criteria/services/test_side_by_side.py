"""What happens when a round is closed, or the law changed, while somebody saves."""

from __future__ import annotations

from threading import Event
from time import sleep
from typing import TYPE_CHECKING, Any

from django.db import transaction

from criteria.models import Assessment, ReportingRound
from criteria.services.rounds import close_round
from criteria.services.steps import lock_assessment
from tests.factories import AssessmentFactory, NationFactory, UserFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from ntm_portal.accounts.models import User


def test_a_round_is_closed_only_after_what_is_being_saved(
    side_by_side: Callable[..., list[Any]],
) -> None:
    assessment: Assessment = AssessmentFactory()
    administrator: User = UserFactory(roles={"administrator": NationFactory()})
    saving, closed = Event(), Event()

    def save() -> bool:
        with transaction.atomic():
            lock_assessment(assessment.pk)
            saving.set()
            return closed.wait(timeout=0.3)

    def close() -> str:
        assert saving.wait(timeout=10)
        status = close_round(assessment.round_id, by=administrator).status
        closed.set()
        return status

    assert side_by_side(save, close) == [False, "closed"]


def test_who_saves_holds_the_round_first_as_who_changes_the_law_does(
    side_by_side: Callable[..., list[Any]],
) -> None:
    assessment: Assessment = AssessmentFactory()
    is_held, is_saving = Event(), Event()

    def change_the_law() -> Assessment:
        with transaction.atomic():
            ReportingRound.objects.select_for_update().get(pk=assessment.round_id)
            is_held.set()
            is_saving.wait(timeout=10)
            sleep(0.3)  # so that who saves has come as far as she can
            return Assessment.objects.select_for_update(nowait=True).get(pk=assessment.pk)

    def save() -> Assessment:
        assert is_held.wait(timeout=10)
        is_saving.set()
        with transaction.atomic():
            return lock_assessment(assessment.pk)

    assert side_by_side(change_the_law, save) == [assessment, assessment]
