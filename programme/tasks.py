"""What the programme does in the background."""

from celery import shared_task
from django.db import OperationalError

from programme import rollup


@shared_task(  # type: ignore[untyped-decorator]  # celery ships no types
    name="programme.refresh_stale",
    autoretry_for=(OperationalError,),  # the embedded database was locked for too long
    retry_backoff=True,
    max_retries=5,
)
def refresh_stale() -> int:
    """Bring up to date what is owed; safe to run twice, late or beside itself."""
    return rollup.refresh_stale()
