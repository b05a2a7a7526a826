"""Which pages need no sign-in: those that say so, while the public site is on."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.views.decorators.http import require_GET

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


def public(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Open a page to everybody while the public site is on, else to who is signed in."""
    read_only = require_GET(view)

    @login_not_required
    @wraps(view)
    def opened(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not (settings.PUBLIC_SITE or request.user.is_authenticated):
            return redirect_to_login(request.get_full_path())
        return read_only(request, *args, **kwargs)

    return opened
