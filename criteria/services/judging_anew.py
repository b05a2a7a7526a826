"""Judging a whole part of the country anew after its law changed: handed over, or done at once."""

from __future__ import annotations

import logging

from kombu.exceptions import OperationalError

from criteria.tasks import rejudge_open_rounds

logger = logging.getLogger(__name__)


def rejudge_soon(set_id: int, path: str) -> None:
    """Hand the work over, or do it now when nobody takes messages."""
    try:
        rejudge_open_rounds.delay(set_id, path)
    except (OperationalError, OSError) as error:
        logger.warning("Nobody takes messages, so verdicts are judged anew at once: %s", error)
        rejudge_open_rounds(set_id, path)
