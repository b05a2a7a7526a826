"""The roll-up in the background."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from celery.exceptions import Retry
from django.conf import settings
from django.db import OperationalError

from communes.models import StaleUnit
from ntm_portal import celery_app
from programme import rollup, tasks
from tests.factories import NationFactory, RoundFactory, UnitFactory
from tests.programme.rows import counted


def test_the_task_has_the_name_that_others_call_it_by() -> None:
    assert tasks.refresh_stale.name == settings.ROLLUP_TASK
    assert settings.ROLLUP_TASK in celery_app.tasks
    swept = [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()]
    assert settings.ROLLUP_TASK in swept


@pytest.mark.django_db
def test_run_twice_it_does_the_work_once() -> None:
    commune, round_ = UnitFactory(), RoundFactory()
    StaleUnit.objects.create(unit=commune, since=date(2020, 1, 1))
    assert [tasks.refresh_stale.delay().get() for _ in range(2)] == [1, 0]
    assert counted(NationFactory(), round_, "communes") == (1,)


def _failing(times: int, error: Exception) -> Callable[[], int]:
    left = [error] * times

    def refresh() -> int:
        if left:
            raise left.pop()
        return 7

    return refresh


def test_a_locked_database_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    locked = OperationalError("database is locked")
    monkeypatch.setattr(rollup, "refresh_stale", _failing(1, locked))
    with pytest.raises(Retry, match="database is locked"):
        tasks.refresh_stale.delay()


def test_any_other_error_is_not_hidden_by_trying_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rollup, "refresh_stale", _failing(1, ValueError("a bug")))
    with pytest.raises(ValueError, match="a bug"):
        tasks.refresh_stale.delay()
