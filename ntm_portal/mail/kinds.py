"""The kinds of mail there are; each app registers its own when it is ready."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_KINDS: dict[str, Kind] = {}


@dataclass(frozen=True, slots=True)
class Kind:
    """A mail that a person can turn on or off; the first line of its template is the subject."""

    code: str
    name: _StrPromise
    about: _StrPromise
    template: str
    is_on: bool = True  # for whoever has not chosen


def register(kind: Kind) -> None:
    """Make the kind known: it can be sent, and stands on everybody's page of choices."""
    _KINDS[kind.code] = kind


def registered() -> tuple[Kind, ...]:
    """Return every kind in the order of their codes."""
    return tuple(_KINDS[code] for code in sorted(_KINDS))


def of(code: str) -> Kind | None:
    """Return the kind of this code; None where no app registers it any more."""
    return _KINDS.get(code)
