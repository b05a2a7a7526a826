"""So many requests a minute: by token or person, for the public by address of the internet."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.throttling import BaseThrottle

from ntm_portal.accounts.token_models import ApiToken
from ntm_portal.accounts.usage import add_one

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.views import APIView

WINDOW_SECONDS = 60


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
        used = add_one(f"rate:{self._who(request)}:{int(now) // WINDOW_SECONDS}", WINDOW_SECONDS)
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
