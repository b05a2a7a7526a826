"""Addresses in a mail: of the portal, and of turning the kind off without signing in."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.urls import reverse

_SALT = "mail.turn-off"


def absolute(path: str) -> str:
    """Return the address by which the portal is reached from outside."""
    return settings.SITE_URL.rstrip("/") + path


def host() -> str:
    """Return the name by which the portal is reached."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def turning_off(person_id: int, kind: str) -> str:
    """Return the address that turns the kind off for this person; it never grows old."""
    return absolute(reverse("mail-turn-off", args=[signing.dumps([person_id, kind], salt=_SALT)]))


def read(token: str) -> tuple[int, str] | None:
    """Return the person and the kind of the token; None where it is not one of ours."""
    try:
        person_id, kind = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(person_id), str(kind)
