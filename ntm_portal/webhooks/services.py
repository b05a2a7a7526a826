"""What an owner does with an address: gives it, pauses it, goes on, tells it again, ends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communes.change_models import Change
from ntm_portal.lib.errors import DomainError
from ntm_portal.webhooks.models import Endpoint
from ntm_portal.webhooks.signing import new_salt, secret_of

if TYPE_CHECKING:
    from communes.models import AdministrativeUnit
    from ntm_portal.accounts.models import User

State = Endpoint.State
MOST = 20


@dataclass(frozen=True, slots=True)
class EndpointEntry:
    """Where to tell what; `after` is the number after which to begin, without it from now on."""

    name: str
    url: str
    kinds: tuple[str, ...] = ()
    area: AdministrativeUnit | None = None
    after: int | None = None


@transaction.atomic
def make(entry: EndpointEntry, *, by: User) -> tuple[Endpoint, str]:
    """Give an address that is told from now on; return it with its secret, shown only now.

    Where the address leads was looked up before (`addresses`), outside the transaction.
    """
    if Endpoint.objects.filter(owner=by).exclude(state=State.ENDED).count() >= MOST:
        sentence = _("You have %(most)s webhooks already: end one that is not needed.")
        raise DomainError(sentence % {"most": MOST}, code="too-many")
    if entry.area is not None and not by.scope.may_read(entry.area.path):
        raise DomainError(_("No unit in your area has this code."), code="area")
    last = Change.objects.last_seq()
    endpoint = Endpoint.objects.create(
        owner=by,
        name=entry.name,
        url=entry.url,
        salt=new_salt(),
        kinds=list(entry.kinds),
        area=entry.area,
        position=last if entry.after is None else min(entry.after, last),
        due_at=timezone.now(),
    )
    _trace(endpoint, ADDITION, [], by)
    return endpoint, secret_of(endpoint.salt)


@transaction.atomic
def pause(pk: int, *, by: User) -> Endpoint:
    """Tell it nothing until she goes on; what changes meanwhile waits in the ledger."""
    endpoint = _hold(pk, by)
    if endpoint.state == State.ACTIVE:
        endpoint.state = State.PAUSED
        _save(endpoint, ["state"], by)
    return endpoint


@transaction.atomic
def resume(pk: int, *, by: User) -> Endpoint:
    """Go on at once where it stopped, as if nothing had failed."""
    endpoint = _hold(pk, by)
    endpoint.state, endpoint.due_at = State.ACTIVE, timezone.now()
    endpoint.attempts, endpoint.failing_since = 0, None
    _save(endpoint, ["state", "due_at", "attempts", "failing_since"], by)
    return endpoint


@transaction.atomic
def replay(pk: int, after: int, *, by: User) -> Endpoint:
    """Tell it again all that came after this number, or leave out what came up to it."""
    endpoint = _hold(pk, by)
    last = Change.objects.last_seq()
    if not 0 <= after <= last:
        sentence = _("Give a number from 0 to %(last)s.") % {"last": last}
        raise DomainError(sentence, code="after")
    endpoint.position, endpoint.due_at = after, timezone.now()
    _save(endpoint, ["position", "due_at"], by)
    return endpoint


@transaction.atomic
def end(pk: int, *, by: User) -> Endpoint:
    """Tell it nothing any more, for good; what was told stays in its list."""
    endpoint = _hold(pk, by)
    endpoint.state = State.ENDED
    _save(endpoint, ["state"], by)
    return endpoint


def _hold(pk: int, by: User) -> Endpoint:
    endpoint = Endpoint.objects.select_for_update(of=("self",)).get(pk=pk, owner=by)
    if endpoint.state == State.ENDED:
        raise DomainError(_("This webhook was ended: make a new one."), code="ended")
    return endpoint


def _save(endpoint: Endpoint, fields: list[str], by: User) -> None:
    endpoint.save(update_fields=fields)
    _trace(endpoint, CHANGE, fields, by)


def _trace(endpoint: Endpoint, flag: int, fields: list[str], by: User) -> None:
    message = [{"changed": {"fields": fields}}] if fields else [{"added": {}}]
    LogEntry.objects.log_actions(by.pk, [endpoint], flag, message)
