"""The bulletin in the background; apart from `programme.tasks`, which lies below the dashboard."""

from __future__ import annotations

from celery import shared_task
from django.db import OperationalError

from programme.bulletins import sending


@shared_task(  # type: ignore[untyped-decorator]  # celery ships no types
    name="programme.send_bulletins",
    autoretry_for=(OperationalError,),  # the embedded database was locked for too long
    retry_backoff=True,
    max_retries=5,
)
def send_bulletins() -> int:
    """Tell subscribers what is new; each thing once, however often this runs."""
    return sending.send_bulletins()
