"""What happens when a round is closed while somebody saves."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING, Any

from django.db import transaction

from criteria.services.rounds import close_round
from criteria.services.steps import lock_assessment
from tests.factories import AssessmentFactory, NationFactory, UserFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from criteria.models import Assessment
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
