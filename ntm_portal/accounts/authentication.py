"""How another system shows who it is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed

from ntm_portal.accounts.models import ApiToken, User

if TYPE_CHECKING:
    from rest_framework.request import Request

# How exactly the last use of a token is known: reading must not write a row each time.
USE_NOTED_EVERY = timedelta(minutes=5)


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Token ntm_…`; only the digest of the key is compared."""

    keyword = "Token"

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return the owner of the token, or nothing when no token was sent."""
        words = get_authorization_header(request).decode("latin-1").split()
        if not words or words[0].lower() not in {"token", "bearer"}:
            return None
        digest = ApiToken.digest_of(words[1]) if len(words) == 2 else ""
        tokens = ApiToken.objects.select_related("user")
        token = tokens.filter(digest=digest, revoked_at=None, user__is_active=True).first()
        if token is None:
            raise AuthenticationFailed(_("This token is not known here, or it was revoked."))
        _note_use(token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """Return the challenge that makes a missing token 401 instead of 403."""
        return self.keyword


def _note_use(token: ApiToken) -> None:
    now = timezone.now()
    if token.last_used_at is None or token.last_used_at < now - USE_NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
