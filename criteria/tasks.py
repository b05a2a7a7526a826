"""What is done in the background: verdicts judged anew, people reminded of rounds."""

from __future__ import annotations

from celery import shared_task
from django.db import OperationalError, transaction
from django.utils import timezone

from criteria import reminders
from criteria.assessment.open_rounds import lock_open_rounds, rejudge_open


@shared_task(  # type: ignore[untyped-decorator]  # celery ships no types
    name="criteria.rejudge_open_rounds",
    autoretry_for=(OperationalError,),  # the embedded database was locked for too long
    retry_backoff=True,
    max_retries=5,
)
def rejudge_open_rounds(set_id: int, path: str) -> None:
    """Judge what lies at or below `path` by the set anew; twice gives what once gives."""
    with transaction.atomic():
        rejudge_open(lock_open_rounds(set_id, [path]))


@shared_task(  # type: ignore[untyped-decorator]  # celery ships no types
    name="criteria.remind",
    autoretry_for=(OperationalError,),  # the embedded database was locked for too long
    retry_backoff=True,
    max_retries=5,
)
def remind() -> int:
    """Remind people of open rounds; safe to run twice, late or beside itself."""
    return reminders.remind(timezone.localdate())
