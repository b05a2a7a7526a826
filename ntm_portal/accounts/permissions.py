"""Who may ask the API: people and tokens, each within what it was given; the public if allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.permissions import SAFE_METHODS, BasePermission

from ntm_portal.accounts.resources import NEVER_NARROWED, resource_of
from ntm_portal.accounts.token_models import ApiToken
from ntm_portal.lib.refusals import Refused

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.views import APIView


class MayAsk(BasePermission):
    """A reader without a token sees public addresses, and those only if PUBLIC_SITE says so."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Admit people and tokens; refuse a token what it was not made for."""
        if not request.user.is_authenticated:
            is_read = request.method in SAFE_METHODS
            return settings.PUBLIC_SITE and is_read and getattr(view, "is_public", False)
        if isinstance(request.auth, ApiToken):
            _refuse_beyond(request.auth, request, view)
        return True


def _refuse_beyond(token: ApiToken, request: Request, view: APIView) -> None:
    if request.method not in SAFE_METHODS and not token.may_write:
        sentence = _("This token may only read.")
        raise Refused(403, "token-reads-only", sentence)
    resource = resource_of(view)
    narrowed = token.resources and resource and resource not in NEVER_NARROWED
    if narrowed and resource not in token.resources:
        sentence = _("This token was not made for “%(name)s”.") % {"name": resource}
        raise Refused(403, "token-not-for-this", sentence, allowed=token.resources)
