"""The one exception by which a rule of the programme refuses what was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class DomainError(Exception):
    """Say, in a sentence fit to show, why something cannot be done.

    `code` is stable and for machines; the sentence is translated and for people.
    """

    def __init__(self, sentence: str | _StrPromise, *, code: str = "refused") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code

    def __str__(self) -> str:
        return str(self.sentence)
