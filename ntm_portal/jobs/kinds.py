"""What kinds of work there are: named in settings, written in the rooms that know the work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import IO, TYPE_CHECKING, Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.utils.functional import _StrPromise

    from ntm_portal.accounts.models import User


class Run(Protocol):
    """What a piece of work is handed: for whom, with what, and whom to tell how far it is."""

    by: User

    @property
    def arguments(self) -> Mapping[str, Any]:  # whatever JSON can hold
        """With what."""

    def tell(self, done: int, of: int, words: str = "") -> None:
        """Say that `done` steps of `of` are behind it; also the sign that it still lives."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it: a file, JSON, or an address to go on to; any of them, or none.

    The file is read from its beginning and closed.
    """

    file: IO[bytes] | None = None
    name: str = ""
    content_type: str = ""
    data: Any = None  # whatever JSON can hold
    address: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work: its name for readers, what does it, and how long its result is kept.

    The work may be run twice, when the first run broke off, and must then give what once gives.
    It tells its progress at least every three minutes, and fails with a sentence by a DomainError.
    """

    title: _StrPromise
    work: Callable[[Run], Result]
    kept_for: timedelta = timedelta(days=7)


def kind_of(name: str) -> Kind:
    """Return the kind that settings know by this name; refuse one they do not know."""
    path = settings.JOB_KINDS.get(name)
    if path is None:
        raise DomainError(_("This kind of work is not known here."), code="unknown-kind")
    found = import_string(path)
    if not isinstance(found, Kind):
        fault = f"{path} is no kind of work"
        raise TypeError(fault)
    return found
