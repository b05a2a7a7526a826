"""What OCOP does in the background."""

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone

from ocop import reminders


@shared_task(  # type: ignore[untyped-decorator]  # celery ships no types
    name="ocop.remind",
    autoretry_for=(OperationalError,),  # the embedded database was locked for too long
    retry_backoff=True,
    max_retries=5,
)
def remind() -> int:
    """Remind officers of certificates that end soon; safe to run twice, late or beside itself."""
    return reminders.remind(timezone.localdate())
