"""What the API is of, in the words by which a token is narrowed: unit, summary, value."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.urls import URLPattern, get_resolver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.urls import URLResolver

_PREFIX = "api-"
# What a token began itself, it may look after, whatever else it was made for.
NEVER_NARROWED = frozenset({"job"})


@cache
def resources() -> tuple[str, ...]:
    """Return the words by which a token can be narrowed, in the order of the alphabet."""
    return tuple(sorted({word for word in _words(get_resolver()) if word} - NEVER_NARROWED))


def resource_of(view: Any) -> str:  # a view of the framework, or what its address calls
    """Return the word by which a token names what the address is of; empty for none."""
    given = getattr(view, "initkwargs", {}).get("basename") or getattr(view, "basename", None)
    return str(given or "").removeprefix(_PREFIX)


def _words(within: URLResolver) -> Iterator[str]:
    for pattern in within.url_patterns:
        if not isinstance(pattern, URLPattern):
            yield from _words(pattern)
        elif getattr(pattern.callback, "initkwargs", {}).get("basename"):
            yield resource_of(pattern.callback)
