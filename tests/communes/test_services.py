"""Marks are kept with what they follow from; the broker may fail, the save may not."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from celery import Celery
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

from communes import services
from communes.models import StaleUnit
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db
DAY = date(2020, 12, 31)


class Broker:
    """Stands for Celery: remembers what was sent, or fails."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.sent: list[str] = []

    def signature(self, name: str) -> Any:
        self.name = name
        return self

    def apply_async(self) -> None:
        if self.error:
            raise self.error
        self.sent.append(self.name)


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> Broker:
    broker = Broker()
    monkeypatch.setattr(services, "current_app", broker)
    return broker


def test_every_unit_is_marked_from_the_day_on(broker: Broker) -> None:
    units = [UnitFactory(), UnitFactory()]
    services.mark_stale([unit.pk for unit in units], since=DAY)
    assert [(mark.unit, mark.since) for mark in StaleUnit.objects.all()] == [
        (unit, DAY) for unit in units
    ]


def test_the_roll_up_is_told_once_and_only_after_the_commit(
    broker: Broker, django_capture_on_commit_callbacks: Any
) -> None:
    units = [UnitFactory(), UnitFactory()]
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        services.mark_stale([unit.pk for unit in units], since=DAY)
        assert broker.sent == []
    assert len(callbacks) == 1
    assert broker.sent == [settings.ROLLUP_TASK]


def test_what_is_rolled_back_leaves_no_mark_and_no_message(
    broker: Broker, django_capture_on_commit_callbacks: Any
) -> None:
    unit = UnitFactory()
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        services.mark_stale([unit.pk], since=DAY)
        transaction.set_rollback(True)
    assert not StaleUnit.objects.exists()
    assert broker.sent == []


@pytest.mark.parametrize("error", [OperationalError("down"), ConnectionRefusedError("down")])
def test_a_broker_that_is_down_does_not_fail_the_save(
    broker: Broker,
    error: Exception,
    django_capture_on_commit_callbacks: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    broker.error = error
    unit = UnitFactory()
    with django_capture_on_commit_callbacks(execute=True):
        services.mark_stale([unit.pk], since=DAY)
    assert StaleUnit.objects.get().unit == unit
    assert "the sweep will find the marks" in caplog.text


def test_a_real_broker_whose_folder_is_gone_does_not_fail_either(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delenv("CELERY_BROKER_URL", raising=False)  # Celery would prefer it
    app = Celery(broker="filesystem://", set_as_current=False)
    gone = str(tmp_path / "gone")
    app.conf.broker_transport_options = {"data_folder_in": gone, "data_folder_out": gone}
    app.conf.task_publish_retry = False
    monkeypatch.setattr(services, "current_app", app)
    services.ask_for_rollup()
    assert "the sweep will find the marks" in caplog.text


def test_a_dead_broker_keeps_nobody_waiting(tmp_path: Path) -> None:
    """In a process of its own: which broker there is, is settled when the portal starts."""
    script = (
        "import django, time, kombu.transport.redis; django.setup();"
        "from communes.services import ask_for_rollup;"
        "from ntm_portal.celery import app;"
        "start = time.perf_counter(); ask_for_rollup(); print(time.perf_counter() - start)"
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "ntm_portal.settings",
        "CELERY_BROKER_URL": "redis://127.0.0.1:1/0",  # nothing listens on port 1
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": "",
    }
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "The roll-up was not told" in run.stderr
    assert float(run.stdout) < 1
