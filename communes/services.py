"""What may be done to the map by the rooms above: say that a unit's figures changed."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

from communes.models import AdministrativeUnit, StaleUnit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

logger = logging.getLogger(__name__)


def mark_stale(unit_ids: Iterable[int], *, since: date) -> None:
    """Record, in the caller's transaction, that the figures of these units changed.

    Summaries of rounds with a reference date on or after `since` are owed. After the commit
    the roll-up is told; were the broker down, the periodic sweep finds the marks.
    """
    StaleUnit.objects.bulk_create(
        [StaleUnit(unit_id=unit_id, since=since) for unit_id in unit_ids], batch_size=1000
    )
    transaction.on_commit(ask_for_rollup)


def mark_map_changed(owed: Mapping[int, date], *, removed_since: date | None = None) -> None:
    """Record, in the caller's transaction, from which day on units stand on another map.

    Published rounds are owed their figures too: the map on which they were counted was not yet
    known rightly. Units that were removed can bear no mark; the nation bears it for them.
    """
    marks = [StaleUnit(unit_id=pk, since=day, is_map_change=True) for pk, day in owed.items()]
    if removed_since:
        nations = AdministrativeUnit.objects.filter(level=AdministrativeUnit.Level.NATION)
        marks += [
            StaleUnit(unit=nation, since=removed_since, is_map_change=True) for nation in nations
        ]
    StaleUnit.objects.bulk_create(marks, batch_size=1000)
    transaction.on_commit(ask_for_rollup)


def ask_for_rollup() -> None:
    """Send the roll-up its message; never fail because the broker does."""
    try:
        current_app.signature(settings.ROLLUP_TASK).apply_async()
    except (OperationalError, OSError) as error:
        logger.warning("The roll-up was not told, the sweep will find the marks: %s", error)
