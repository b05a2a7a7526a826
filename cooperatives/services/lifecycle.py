"""Suspending, resuming, dissolving and merging cooperatives, each with its day and document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communes.services import mark_stale
from cooperatives.services.steps import Kind, hold, record
from ntm_portal.lib.days import written_day
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from datetime import date

    from cooperatives.models import Cooperative
    from ntm_portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Ending:
    """The day from which something holds, and the paper that says so."""

    on: date
    document: str
    reason: str = ""


@transaction.atomic
def suspend(pk: int, ending: Ending, *, by: User) -> Cooperative:
    """Record that it stopped working for a time; it stays in the count until it is dissolved."""
    row = hold(pk, by=by)
    _check(row, ending)
    if row.suspended_on is not None:
        raise DomainError(_("It is suspended already."), code="suspended")
    row.suspended_on = ending.on
    row.save(update_fields=["suspended_on"])
    _record(row, Kind.SUSPENDED, ending, by)
    return row


@transaction.atomic
def resume(pk: int, ending: Ending, *, by: User) -> Cooperative:
    """Record that it works again."""
    row = hold(pk, by=by)
    _check(row, ending)
    if row.suspended_on is None:
        raise DomainError(_("It is not suspended."), code="not-suspended")
    if ending.on < row.suspended_on:
        sentence = _("It was suspended only on %(day)s.")
        raise DomainError(sentence % {"day": written_day(row.suspended_on)}, code="dates-cross")
    row.suspended_on = None
    row.save(update_fields=["suspended_on"])
    _record(row, Kind.RESUMED, ending, by)
    return row


@transaction.atomic
def dissolve(pk: int, ending: Ending, *, by: User) -> Cooperative:
    """Record its end."""
    row = hold(pk, by=by)
    _check(row, ending)
    _end(row, ending)
    _record(row, Kind.DISSOLVED, ending, by)
    return row


@transaction.atomic
def merge_into(pk: int, successor_id: int, ending: Ending, *, by: User) -> Cooperative:
    """Record that it was merged into another by decision; its own years stay its own."""
    if pk == successor_id:
        raise DomainError(_("It cannot be merged into itself."), code="same")
    first, second = sorted((pk, successor_id))  # always in the same order: two never block
    held = {each: hold(each, by=by) for each in (first, second)}
    row, successor = held[pk], held[successor_id]
    _check(row, ending)
    if successor.dissolved_on is not None or successor.registered_on > ending.on:
        sentence = _("“%(name)s” is not active on this day.")
        raise DomainError(sentence % {"name": successor.name}, code="bad-successor")
    row.successor = successor
    _end(row, ending)
    _record(row, Kind.MERGED, ending, by)
    record(
        successor,
        Kind.ABSORBED,
        by=by,
        on=ending.on,
        document=ending.document,
        reason=f"{row.name} ({row.pk})",
    )
    return row


def _check(row: Cooperative, ending: Ending) -> None:
    if row.dissolved_on is not None:
        sentence = _("It ended on %(day)s.")
        raise DomainError(sentence % {"day": written_day(row.dissolved_on)}, code="ended")
    if not ending.document.strip():
        raise DomainError(_("Name the document that says so."), code="document-required")
    if ending.on > timezone.localdate():
        raise DomainError(_("The date lies in the future."), code="in-the-future")
    if ending.on < row.registered_on:
        sentence = _("It was registered only on %(day)s.")
        raise DomainError(sentence % {"day": written_day(row.registered_on)}, code="dates-cross")


def _end(row: Cooperative, ending: Ending) -> None:
    row.dissolved_on = ending.on
    row.save(update_fields=["dissolved_on", "successor"])
    mark_stale([row.commune_id], since=ending.on)


def _record(row: Cooperative, kind: Kind, ending: Ending, by: User) -> None:
    record(row, kind, by=by, on=ending.on, document=ending.document, reason=ending.reason)
