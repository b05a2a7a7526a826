"""Telling an address all that it has not been told, in order, until it takes it or is given up.

One worker at a time holds an address. It moves on only past what was taken: what is not taken is
tried again after growing pauses, and nothing later overtakes it.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from communes.change_models import Change
from ntm_portal.mail.services import Draft
from ntm_portal.mail.services import send as send_mail
from ntm_portal.webhooks.apps import PAUSED
from ntm_portal.webhooks.messages import AT_ONCE, message_of, trial_of
from ntm_portal.webhooks.models import GIVEN_UP_AFTER, Delivery, Endpoint
from ntm_portal.webhooks.sending import send
from ntm_portal.webhooks.signing import headers_of

if TYPE_CHECKING:
    from datetime import datetime

    from ntm_portal.webhooks.messages import Message
    from ntm_portal.webhooks.models import EndpointQuerySet
    from ntm_portal.webhooks.sending import Outcome

LEASE = timedelta(minutes=2)
PAUSES = tuple(timedelta(seconds=each) for each in (10, 30, 60, 300, 900, 1800, 3600, 7200, 14400))
MOST_MESSAGES = 50  # in one go; then other addresses have their turn


def due(now: datetime) -> list[int]:
    """Return the addresses that have something to be told now."""
    last = Change.objects.last_seq()
    waiting = Endpoint.objects.due(now).filter(position__lt=last)
    return list(waiting.values_list("pk", flat=True))


def deliver(pk: int) -> int:
    """Tell the address what it has not been told yet; return how many messages it took."""
    endpoint = _claim(pk)
    if endpoint is None:
        return 0
    taken = 0
    try:
        while taken < MOST_MESSAGES and _tell_next(endpoint):
            taken += 1
    finally:
        _same_lease(endpoint).update(leased_until=None)
    return taken


def try_out(endpoint: Endpoint) -> Delivery:
    """Send a message that tells nothing, now; note what became of it."""
    message = trial_of(endpoint)
    return _note(endpoint, message, _send(endpoint, message), is_test=True)


def _claim(pk: int) -> Endpoint | None:
    now = timezone.now()
    claimed = Endpoint.objects.due(now).filter(pk=pk).update(leased_until=now + LEASE)
    return Endpoint.objects.select_related("owner", "area").get(pk=pk) if claimed else None


def _tell_next(endpoint: Endpoint) -> bool:
    """Tell the next changes; say whether they were taken and there may be more."""
    end = Change.objects.last_seq()  # before the rows: what comes between is told next time
    rows = list(_untold(endpoint))
    if not rows:
        _move(endpoint, end)
        return False
    message = message_of(endpoint, rows)
    outcome = _send(endpoint, message)
    _note(endpoint, message, outcome)
    if outcome.is_done:
        return _move(endpoint, message.last or 0)
    _put_off(endpoint)
    return False


def _untold(endpoint: Endpoint) -> list[Change]:
    """Return the next changes within what its owner may read, and asked to be told."""
    area = endpoint.area.path if endpoint.area else ""
    readable = endpoint.owner.scope.narrowed(area, may_write=False).read
    rows = Change.objects.within(readable).after(endpoint.position)
    if endpoint.kinds:
        rows = rows.filter(kind__in=endpoint.kinds)
    return list(rows[:AT_ONCE])


def _send(endpoint: Endpoint, message: Message) -> Outcome:
    headers = headers_of(endpoint.salt, message.id, int(time.time()), message.body)
    return send(endpoint.url, message.body, headers)


def _note(
    endpoint: Endpoint, message: Message, outcome: Outcome, *, is_test: bool = False
) -> Delivery:
    return Delivery.objects.create(
        endpoint=endpoint,
        at=timezone.now(),
        first=message.first,
        last=message.last,
        changes=message.changes,
        is_test=is_test,
        is_done=outcome.is_done,
        status=outcome.status,
        milliseconds=outcome.milliseconds,
        fault=outcome.fault,
    )


def _move(endpoint: Endpoint, to: int) -> bool:
    """Note that all up to `to` was told, unless its owner sent it elsewhere meanwhile."""
    seen = endpoint.position
    endpoint.position, endpoint.leased_until = max(to, seen), timezone.now() + LEASE
    moved = Endpoint.objects.filter(pk=endpoint.pk, position=seen).update(
        position=endpoint.position,
        attempts=0,
        failing_since=None,
        leased_until=endpoint.leased_until,
    )
    still = Endpoint.objects.filter(pk=endpoint.pk, state=Endpoint.State.ACTIVE).exists()
    return bool(moved) and still


@transaction.atomic
def _put_off(endpoint: Endpoint) -> None:
    """Wait longer each time; after a day pause the address and tell its owner."""
    now = timezone.now()
    held = Endpoint.objects.select_for_update(of=("self",)).get(pk=endpoint.pk)
    held.failing_since = held.failing_since or now
    pause = PAUSES[min(held.attempts, len(PAUSES) - 1)]
    held.attempts += 1
    held.due_at = now + pause
    if held.state == Endpoint.State.ACTIVE and now - held.failing_since >= GIVEN_UP_AFTER:
        held.state = Endpoint.State.FAILED
        about = {"name": held.name, "url": held.url, "since": held.failing_since}
        key = f"{held.pk}:{held.failing_since.isoformat()}"
        send_mail(PAUSED, [Draft(endpoint.owner, key, about)])
    held.save(update_fields=["failing_since", "attempts", "due_at", "state"])


def _same_lease(endpoint: Endpoint) -> EndpointQuerySet:
    return Endpoint.objects.filter(pk=endpoint.pk, leased_until=endpoint.leased_until)


def forget(before: datetime) -> int:
    """Forget attempts of before then; return how many."""
    return Delivery.objects.filter(at__lt=before).delete()[0]
