"""Sending what waits: each letter is claimed first, so that two workers never send it twice."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import TYPE_CHECKING

from django.core import mail
from django.db.models import F

from ntm_portal.mail import choices, links
from ntm_portal.mail.models import Letter

if TYPE_CHECKING:
    from django.core.mail.backends.base import BaseEmailBackend

BATCH = 100
# After each attempt the pause before the next; after the last it has failed.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
_LOST = timedelta(hours=1)
_PERMANENT = 500  # from here on the receiving server asks not to be asked again


def deliver(now: datetime) -> int:
    """Send what is due, up to one batch; return how many were tried.

    A server that cannot be reached ends the batch: the rest waits for the next sweep.
    """
    _give_up_on_what_was_interrupted(now)
    tried = 0
    connection = mail.get_connection()
    try:
        for pk in list(Letter.objects.due(now).values_list("pk", flat=True)[:BATCH]):
            if _claimed(pk, now):
                tried += 1
                if not _tried(Letter.objects.select_related("person").get(pk=pk), connection, now):
                    break
    finally:
        with suppress(OSError):
            connection.close()
    return tried


def _claimed(pk: int, now: datetime) -> bool:
    waiting = Letter.objects.filter(pk=pk, state=Letter.State.QUEUED)
    return bool(
        waiting.update(state=Letter.State.SENDING, claimed_at=now, attempts=F("attempts") + 1)
    )


def _tried(letter: Letter, connection: BaseEmailBackend, now: datetime) -> bool:
    """Send the letter and record how it went; tell whether the server can be reached."""
    person = letter.person
    if not (person.is_active and person.email and choices.wants(person, letter.kind)):
        _record(letter, Letter.State.DROPPED)
        return True
    try:
        connection.open()
        _message(letter, connection).send()
    except (SMTPResponseException, SMTPRecipientsRefused) as error:
        _postpone(letter, error, now, is_final=_is_final(error))
        return True
    except OSError as error:
        _postpone(letter, error, now, is_final=False)
        return False
    except ValueError as error:  # an address or a subject that no mail can have
        _postpone(letter, error, now, is_final=True)
        return True
    _record(letter, Letter.State.SENT, sent_at=now)
    return True


def _message(letter: Letter, connection: BaseEmailBackend) -> mail.EmailMessage:
    """Return the mail; its headers let a mail program offer to turn the kind off (RFC 8058)."""
    return mail.EmailMessage(
        letter.subject,
        letter.body,
        to=[letter.person.email],
        connection=connection,
        headers={
            "Message-ID": f"<letter-{letter.pk}@{links.host()}>",
            "Content-Language": letter.language,
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{links.turning_off(letter.person_id, letter.kind)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def _is_final(error: SMTPResponseException | SMTPRecipientsRefused) -> bool:
    if isinstance(error, SMTPResponseException):
        return error.smtp_code >= _PERMANENT
    return all(code >= _PERMANENT for code, _said in error.recipients.values())


def _postpone(letter: Letter, error: Exception, now: datetime, *, is_final: bool) -> None:
    fault = f"{type(error).__name__}: {error}"[:1000]
    if is_final or letter.attempts > len(PAUSES):
        _record(letter, Letter.State.FAILED, fault=fault)
        return
    later = now + PAUSES[letter.attempts - 1]
    _record(letter, Letter.State.QUEUED, fault=fault, due_at=later)


def _record(letter: Letter, state: Letter.State, **more: object) -> None:
    Letter.objects.filter(pk=letter.pk).update(state=state, **more)


def _give_up_on_what_was_interrupted(now: datetime) -> None:
    """Record as failed what a worker died over: it may have gone, and nobody is told twice."""
    Letter.objects.unclear(now - _LOST).update(
        state=Letter.State.FAILED, fault="interrupted: it is not known whether it went"
    )
