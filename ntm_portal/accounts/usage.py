"""How much a token asks: counted in the cache, written down every few minutes; held to a rate."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from rest_framework.throttling import BaseThrottle

from ntm_portal.accounts.token_models import ApiToken, ApiTokenDay

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.views import APIView

WINDOW_SECONDS = 60
_DAY_SECONDS = 2 * 24 * 60 * 60


def count(token: ApiToken) -> None:
    """Count a request that the token made."""
    _add(_key(token), _DAY_SECONDS)


def write_down(token: ApiToken) -> None:
    """Add to the day what was counted since the last time."""
    counted = int(cache.get(_key(token), 0))
    if not counted:
        return
    cache.decr(_key(token), counted)
    with transaction.atomic():
        day, _is_new = ApiTokenDay.objects.get_or_create(token=token, day=timezone.localdate())
        ApiTokenDay.objects.filter(pk=day.pk).update(requests=F("requests") + counted)


class RateThrottle(BaseThrottle):
    """So many requests in a minute for each token or person, for the public for each address.

    What is left is told in headers with every answer (`ntm_portal.middleware`).
    """

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Count the request and tell whether it may go on."""
        is_known = request.user.is_authenticated
        most = settings.API_RATE if is_known else settings.PUBLIC_API_RATE
        now = time.time()
        self.reset = WINDOW_SECONDS - int(now) % WINDOW_SECONDS
        used = _add(f"rate:{self._who(request)}:{int(now) // WINDOW_SECONDS}", WINDOW_SECONDS)
        rate = (most, max(most - used, 0), self.reset)
        request._request.api_rate = rate  # type: ignore[attr-defined]  # noqa: SLF001  (for its headers)
        return used <= most

    def wait(self) -> float:
        """Return the seconds until the next minute begins."""
        return float(self.reset)

    def _who(self, request: Request) -> str:
        if isinstance(request.auth, ApiToken):
            return request.auth.digest
        if request.user.is_authenticated:
            return f"user-{request.user.pk}"
        return self.get_ident(request)


def _key(token: ApiToken) -> str:
    return f"usage:{token.digest}"


def _add(key: str, seconds: int) -> int:
    """Count one up and return the count; one that another process makes meanwhile may be lost."""
    if cache.add(key, 1, seconds):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # it ended in between
        return 1
