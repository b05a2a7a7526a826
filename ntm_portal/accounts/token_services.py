"""Tokens made and revoked by their owner; each leaves a trace that outlives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ntm_portal.accounts.token_models import ApiToken
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from datetime import datetime

    from communes.models import AdministrativeUnit
    from ntm_portal.accounts.models import User

MOST_IN_FORCE = 50


@dataclass(frozen=True, slots=True)
class TokenEntry:
    """What a token is to be for; everything left out is as wide as its owner's own reach."""

    name: str
    may_write: bool = False
    area: AdministrativeUnit | None = None
    resources: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    expires_at: datetime | None = None


@transaction.atomic
def make_token(entry: TokenEntry, *, by: User) -> tuple[ApiToken, str]:
    """Make a token for whoever asks and return it with its key, which cannot be read again."""
    own = ApiToken.objects.in_force(timezone.now()).filter(user=by)
    if own.count() >= MOST_IN_FORCE:
        sentence = _("You have %(most)s tokens already: revoke one that is not needed.")
        raise DomainError(sentence % {"most": MOST_IN_FORCE}, code="too-many-tokens")
    if entry.may_write and not (by.scope.write or by.scope.verify or by.scope.administer):
        sentence = _("You may type no values yourself, so a token of yours cannot either.")
        raise DomainError(sentence, code="may_write")
    if entry.area is not None and not by.scope.may_read(entry.area.path):
        raise DomainError(_("No unit in your area has this code."), code="area")
    if entry.expires_at is not None and entry.expires_at <= timezone.now():
        raise DomainError(_("This day is over: the token would never open anything."), code="until")
    key = ApiToken.issue(
        by,
        name=entry.name,
        may_write=entry.may_write,
        area=entry.area,
        resources=list(entry.resources),
        networks=list(entry.networks),
        expires_at=entry.expires_at,
    )
    token = ApiToken.objects.get(digest=ApiToken.digest_of(key))
    _trace(token, ADDITION, [{"added": {}}], by)
    return token, key


@transaction.atomic
def revoke_token(pk: int, *, by: User) -> ApiToken:
    """Revoke a token of hers; once more changes nothing."""
    token = ApiToken.objects.select_for_update().get(pk=pk, user=by)
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        _trace(token, CHANGE, [{"changed": {"fields": ["revoked_at"]}}], by)
    return token


def _trace(token: ApiToken, flag: int, message: list[dict[str, Any]], by: User) -> None:
    LogEntry.objects.log_actions(by.pk, [token], flag, message)
