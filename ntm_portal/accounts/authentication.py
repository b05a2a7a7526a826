"""How another system shows who it is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed

from ntm_portal.accounts import usage
from ntm_portal.accounts.token_models import ApiToken

if TYPE_CHECKING:
    from rest_framework.request import Request

    from ntm_portal.accounts.models import User

SCHEMES = {"token", "bearer", "apitoken"}  # the last is what DHIS2 sends
# How exactly the last use of a token is known: reading must not write a row each time.
USE_NOTED_EVERY = timedelta(minutes=5)


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Token ntm_…`; only the digest of the key is compared."""

    keyword = "Token"

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return the owner of the token, held to what it is for; nothing when none was sent."""
        words = get_authorization_header(request).decode("latin-1").split()
        if not words or words[0].lower() not in SCHEMES:
            return None
        digest = ApiToken.digest_of(words[1]) if len(words) == 2 else ""
        token = ApiToken.objects.select_related("user", "area").filter(digest=digest).first()
        if token is not None:
            request._request.api_token = token  # type: ignore[attr-defined]  # noqa: SLF001  (to be counted)
        if token is None or not (token.is_in_force and token.user.is_active):
            raise AuthenticationFailed(_("This token is not known here, or it was revoked."))
        if not token.may_come_from(address_of(request)):
            raise AuthenticationFailed(_("This token may not be used from where you are."))
        _note_use(token)
        owner = token.user
        area = token.area.path if token.area else ""
        owner.scope = owner.scope.narrowed(area, may_write=token.may_write)
        return owner, token

    def authenticate_header(self, request: Request) -> str:
        """Return the challenge that makes a missing token 401 instead of 403."""
        return self.keyword


def address_of(request: Request) -> str:
    """Return where the request comes from; behind our own proxy, what that one has seen."""
    if settings.BEHIND_TLS and (passed := request.headers.get("X-Forwarded-For")):
        return passed.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def _note_use(token: ApiToken) -> None:
    now = timezone.now()
    if token.last_used_at is None or token.last_used_at < now - USE_NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
        usage.write_down([token.pk])
