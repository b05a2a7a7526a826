"""What was typed when the session had ended: carried through the sign-in, handed out once.

It travels as one signed field of the sign-in form, so neither the values nor the page to
return to can be forged; nothing is saved by it, the form only shows it as not yet saved.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.core import signing
from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

if TYPE_CHECKING:
    from django.http import HttpRequest

SESSION_KEY = "kept_input"
FIELD = "kept"
RESTORED = "restored=1"
TYPED_IN = "typed_in"  # the language, where it is no longer that of the page
_SALT = "ntm_portal.accounts.kept"
_LIFETIME_SECONDS = 12 * 60 * 60
_MOST_CHARACTERS = 200_000
_NEVER_KEPT = ("csrfmiddlewaretoken", "password", FIELD)


@dataclass(frozen=True, slots=True)
class KeptInput:
    """The fields of a form, and the page on which they were typed, with what it was asked for."""

    path: str
    data: dict[str, list[str]]


def gather(request: HttpRequest) -> KeptInput | None:
    """Return what was posted, without secrets; nothing when empty or absurdly large."""
    data = {
        name: [str(value) for value in values]
        for name, values in request.POST.lists()
        if not any(word in name.lower() for word in _NEVER_KEPT)
    }
    if not data or len(json.dumps(data)) > _MOST_CHARACTERS:
        return None
    return KeptInput(_page_of(request), data)


def gather_beside(request: HttpRequest, *names: str) -> KeptInput | None:
    """Return what was posted beside these fields, with the language in which it was typed."""
    typed = gather(request)
    if typed is None or not typed.data.keys() - set(names):
        return None
    data = {name: values for name, values in typed.data.items() if name not in names}
    return KeptInput(typed.path, data | {TYPED_IN: [get_language() or ""]})


def seal(kept: KeptInput | None) -> str:
    """Return `kept` as the value of a hidden field; empty for nothing."""
    if kept is None:
        return ""
    return signing.dumps({"path": kept.path, "data": kept.data}, salt=_SALT, compress=True)


def unseal(sealed: str) -> KeptInput | None:
    """Return what a hidden field carries; nothing when it is empty, forged or too old."""
    try:
        loaded = signing.loads(sealed, salt=_SALT, max_age=_LIFETIME_SECONDS)
    except signing.BadSignature:
        return None
    return KeptInput(loaded["path"], loaded["data"])


def keep(request: HttpRequest, kept: KeptInput) -> str:
    """Put `kept` into the session and return the address that shows it again."""
    request.session[SESSION_KEY] = {"path": kept.path, "data": kept.data}
    return f"{kept.path}{'&' if '?' in kept.path else '?'}{RESTORED}"


def take(request: HttpRequest) -> QueryDict | None:
    """Return, once, what had been typed on this page before the sign-in."""
    stored = request.session.get(SESSION_KEY)
    if not stored or urlsplit(stored["path"]).path != request.path:
        return None
    del request.session[SESSION_KEY]
    typed = QueryDict(mutable=True)
    for name, values in stored["data"].items():
        typed.setlist(name, values)
    return typed


def _page_of(request: HttpRequest) -> str:
    """Return where the page is that posted: many addresses take a POST but show nothing."""
    referer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(
        referer, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        parts = urlsplit(referer)
        try:
            resolve(parts.path)
        except Resolver404:
            return request.path
        asked = "&".join(part for part in parts.query.split("&") if part not in {"", RESTORED})
        return f"{parts.path}?{asked}" if asked else parts.path
    return request.path
