"""What is done with mails: written for people, chosen, turned off, tried again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ntm_portal.accounts.models import User
from ntm_portal.lib.errors import DomainError
from ntm_portal.mail import choices, kinds, wording
from ntm_portal.mail.models import Choice, Letter
from ntm_portal.mail.tasks import deliver

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Draft:
    """What one person is told on one occasion; `key` names the occasion, for once is enough."""

    to: User
    key: str
    about: Mapping[str, object] = field(default_factory=dict)


@transaction.atomic
def send(kind: str, drafts: Iterable[Draft]) -> int:
    """Write what each wants to be told and was not told before; sent after the commit.

    The letters stand in the caller's transaction: taken back with it, never lost after it.
    Returns how many were written.
    """
    known = kinds.of(kind)
    if known is None:
        message = f"No app registers mails of the kind {kind}."
        raise LookupError(message)
    found = {(draft.to.pk, draft.key): draft for draft in drafts}
    people = choices.reached(known, {draft.to for draft in found.values()})
    wanted = [draft for draft in found.values() if draft.to.pk in people]
    told = _told(kind, wanted)
    letters = [
        wording.letter(known, draft.to, draft.key, draft.about)
        for draft in wanted
        if (draft.to.pk, draft.key) not in told
    ]
    Letter.objects.bulk_create(letters, ignore_conflicts=True)  # another process may be first
    if letters:
        transaction.on_commit(deliver.delay)
    return len(letters)


@transaction.atomic
def choose(wanted: Mapping[str, bool], language: str, *, by: User) -> None:
    """Record which kinds she wants and in which language."""
    now = timezone.now()
    Choice.objects.bulk_create(
        [
            Choice(person=by, kind=kind, is_wanted=is_wanted, changed_at=now)
            for kind, is_wanted in wanted.items()
            if is_wanted != choices.wants(by, kind)
        ],
        update_conflicts=True,
        unique_fields=["person", "kind"],
        update_fields=["is_wanted", "is_by_link", "changed_at"],
    )
    User.objects.filter(pk=by.pk).update(language=language)


@transaction.atomic
def turn_off(kind: str, *, by: User) -> None:
    """Record that she wants this kind no more, by the link in a mail; twice is as once."""
    Choice.objects.update_or_create(
        person=by,
        kind=kind,
        defaults={"is_wanted": False, "is_by_link": True, "changed_at": timezone.now()},
    )


@transaction.atomic
def try_again(letters: Iterable[int], *, by: User) -> int:
    """Queue failed letters once more; return how many."""
    failed = list(
        Letter.objects.select_for_update().filter(pk__in=letters, state=Letter.State.FAILED)
    )
    if not failed:
        raise DomainError(_("None of these mails has failed."), code="nothing_failed")
    Letter.objects.filter(pk__in=[letter.pk for letter in failed]).update(
        state=Letter.State.QUEUED, attempts=0, due_at=timezone.now()
    )
    LogEntry.objects.log_actions(by.pk, failed, CHANGE, [{"changed": {"fields": ["state"]}}])
    transaction.on_commit(deliver.delay)
    return len(failed)


def _told(kind: str, drafts: list[Draft]) -> set[tuple[int, str]]:
    people = {draft.to.pk for draft in drafts}
    keys = {draft.key for draft in drafts}
    asked = Letter.objects.filter(kind=kind, person__in=people, key__in=keys)
    return set(asked.values_list("person_id", "key"))
