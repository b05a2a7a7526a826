"""The messages by which workers tell other systems what changed."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from ntm_portal.webhooks import delivering

KEPT = timedelta(days=30)


@shared_task(name="webhooks.sweep")  # type: ignore[untyped-decorator]  # celery ships no types
def sweep() -> None:
    """Begin a telling for each address that is owed one; a slow one holds up no other."""
    for pk in delivering.due(timezone.now()):
        deliver.delay(pk)


@shared_task(name="webhooks.deliver")  # type: ignore[untyped-decorator]  # celery ships no types
def deliver(pk: int) -> None:
    """Tell one address what it has not been told."""
    delivering.deliver(pk)


@shared_task(name="webhooks.forget")  # type: ignore[untyped-decorator]  # celery ships no types
def forget() -> None:
    """Forget old attempts."""
    delivering.forget(timezone.now() - KEPT)
