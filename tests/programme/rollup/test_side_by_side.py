"""What happens when somebody saves while figures are added up."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from communes.models import StaleUnit
from criteria.services.steps import lock_assessment
from programme.rollup import refresh_stale
from tests.programme.rollup.conftest import Scene
from tests.programme.rows import MET, NOT_MET, assess

if TYPE_CHECKING:
    from collections.abc import Callable


def test_nobody_who_saves_waits_for_the_rollup_where_there_are_many_writers(
    side_by_side: Callable[..., list[Any]], scene: Scene
) -> None:
    assessment = assess(scene.communes[0], scene.round, MET, NOT_MET)
    StaleUnit.objects.create(unit=scene.communes[0], since=scene.round.reference_date)
    has_many_writers = connection.features.has_select_for_update
    is_saving, is_added_up = Event(), Event()

    def save() -> bool:
        with transaction.atomic():
            lock_assessment(assessment.pk)
            is_saving.set()
            return is_added_up.wait(timeout=10 if has_many_writers else 0.3)

    def refresh() -> int:
        assert is_saving.wait(timeout=10)
        owed = refresh_stale()
        is_added_up.set()
        return owed

    assert side_by_side(save, refresh) == [has_many_writers, 1]
