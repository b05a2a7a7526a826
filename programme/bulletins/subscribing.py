"""Beginning and ending the bulletin of a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from programme.models import Subscription

if TYPE_CHECKING:
    from ntm_portal.accounts.models import User


@transaction.atomic
def subscribe(unit_code: str, *, by: User) -> Subscription:
    """Begin the bulletin of a unit she may read; a second time changes nothing."""
    return Subscription.objects.get_or_create(person=by, unit_code=unit_code, ended_at=None)[0]


@transaction.atomic
def unsubscribe(unit_code: str, *, by: User) -> None:
    """End it; a second time changes nothing."""
    running = Subscription.objects.filter(person=by, unit_code=unit_code, ended_at=None)
    running.update(ended_at=timezone.now())
