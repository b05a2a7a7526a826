"""Failed sign-ins, counted in the cache: after a few, the next must wait.

Two counts, so that neither guessing one person's password nor trying one password on everybody goes
fast: by name together with the address it comes from, and by address alone. A right password is not
looked at meanwhile, so waiting tells nothing. A person elsewhere is not locked out by it.
"""

from __future__ import annotations

import hashlib
import time
from typing import TYPE_CHECKING

from django.core.cache import cache

from ntm_portal.accounts.usage import add_one

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

WAIT_SECONDS = 15 * 60
MOST_BY_NAME, MOST_BY_ADDRESS = 5, 50


def waits_until(request: HttpRequest, username: str) -> float | None:
    """Return when the next attempt may be made, in seconds since 1970; nothing when now."""
    ends = [
        ending
        for key, most in _keys(request, username)
        if cache.get(key, 0) >= most and (ending := cache.get(f"{key}:until", 0)) > time.time()
    ]
    return max(ends, default=None)


def count_failure(request: HttpRequest, username: str) -> None:
    """Count an attempt that failed; the wait begins with the last one that was let through."""
    for key, _most in _keys(request, username):
        add_one(key, WAIT_SECONDS)
        cache.set(f"{key}:until", time.time() + WAIT_SECONDS, WAIT_SECONDS)


def forget(request: HttpRequest, username: str) -> None:
    """Begin anew for a person who signed in; what her address tried on others stays."""
    (by_name, _most), *_others = _keys(request, username)
    cache.delete_many([by_name, f"{by_name}:until"])


def _keys(request: HttpRequest, username: str) -> Iterator[tuple[str, int]]:
    address = request.META.get("REMOTE_ADDR", "")
    yield f"sign-in:{_digest(f'{address}|{username.strip().lower()}')}", MOST_BY_NAME
    yield f"sign-in:{_digest(address)}", MOST_BY_ADDRESS


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:40]
