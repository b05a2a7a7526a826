"""Sending in the background."""

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone

from ntm_portal.mail import delivery


@shared_task(  # type: ignore[untyped-decorator]  # celery ships no types
    name="mail.deliver",
    autoretry_for=(OperationalError,),  # the embedded database was locked for too long
    retry_backoff=True,
    max_retries=5,
)
def deliver() -> int:
    """Send what waits, and go on while there is more; safe to run twice, late or beside itself."""
    tried = delivery.deliver(timezone.now())
    if tried == delivery.BATCH:
        deliver.delay()
    return tried
