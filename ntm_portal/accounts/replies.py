"""Answers that are kept by the key that a sender gives, so that sending twice does it once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ntm_portal.accounts.token_models import KeptReply
from ntm_portal.lib.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from rest_framework.request import Request

    from ntm_portal.accounts.models import User

LONGEST_KEY = 200
HEADER = "Idempotency-Key"


@dataclass(frozen=True, slots=True)
class Reply:
    """A status and the body that goes with it."""

    status: int
    body: Any  # whatever JSON can hold
    is_repeated: bool = False


def once(request: Request, by: User, raw: bytes, answer: Callable[[], Reply]) -> Reply:
    """Return the kept answer to this key, or answer and keep it, in one transaction with its work.

    Without a key nothing is kept. One key with another body is refused. Two that are sent side by
    side wait for each other: the second gets the answer to the first.
    """
    key = request.headers.get(HEADER, "")
    if not key:
        return answer()
    if len(key) > LONGEST_KEY:
        raise Refused(400, "bad-idempotency-key", _("The header “Idempotency-Key” is too long."))
    digest = hashlib.sha256(f"{request.get_full_path()}\n".encode() + raw).hexdigest()
    kept = KeptReply.objects.filter(user=by, key=key).first()
    if kept is None:
        try:
            with transaction.atomic():
                kept = KeptReply.objects.create(user=by, key=key, digest=digest)
                reply = answer()
                kept.status, kept.body = reply.status, reply.body
                kept.save(update_fields=["status", "body"])
        except IntegrityError:
            kept = KeptReply.objects.get(user=by, key=key)
        else:
            return reply
    if kept.digest != digest:
        sentence = _("This “Idempotency-Key” was sent before with something else.")
        raise Refused(422, "idempotency-key-reused", sentence)
    return Reply(kept.status, kept.body, is_repeated=True)
