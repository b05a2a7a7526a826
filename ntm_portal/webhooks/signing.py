"""The signature of a message as the Standard Webhooks have it, so that any library can check it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from django.conf import settings

PREFIX = "whsec_"
_PURPOSE = "ntm_portal.webhooks"


def new_salt() -> str:
    """Return what makes a new secret."""
    return secrets.token_urlsafe(32)


def secret_of(salt: str) -> str:
    """Return the secret that the receiver keeps: worked out anew each time, stored nowhere."""
    return PREFIX + base64.b64encode(_key(salt)).decode()


def headers_of(salt: str, message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the headers by which the receiver knows that the message is ours, whole and new."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    digest = hmac.new(_key(salt), signed, hashlib.sha256).digest()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
        "Idempotency-Key": message_id,
    }


def _key(salt: str) -> bytes:
    said = f"{_PURPOSE} {salt}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).digest()
