"""What may be wrong with a query by its names alone, and with one whose every answer is a word."""

from __future__ import annotations

from operator import contains
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ntm_portal.lib.refusals import QueryProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from django.http import QueryDict

    Choices = Mapping[str, tuple[str, ...]]


def unknown(name: str, known: tuple[str, ...]) -> QueryProblem:
    """Say that there is no such parameter, and which there are."""
    if not known:
        sentence = _("There is no parameter “%(name)s” here: this address takes none.")
        return QueryProblem(name, "unknown-parameter", sentence % {"name": name})
    sentence = _("There is no parameter “%(name)s” here. Known are: %(known)s.")
    names = {"name": name, "known": ", ".join(known)}
    return QueryProblem(name, "unknown-parameter", sentence % names, known)


def repeated(name: str) -> QueryProblem:
    """Say that a parameter is given again: one of both would be lost."""
    sentence = _("“%(name)s” is given more than once.") % {"name": name}
    return QueryProblem(name, "repeated-parameter", sentence)


def wrong_words(
    query: QueryDict,
    choices: Choices,
    is_one_of: Callable[[tuple[str, ...], str], bool] = contains,
) -> Iterator[QueryProblem]:
    """Name what is unknown, given twice, or none of the words that are offered."""
    for name, values in query.lists():
        if name not in choices:
            yield unknown(name, tuple(choices))
        elif len(values) > 1:
            yield repeated(name)
        elif not is_one_of(choices[name], values[0]):
            allowed = tuple(word for word in choices[name] if word)
            sentence = _("“%(name)s” is one of: %(allowed)s.")
            words = {"name": name, "allowed": ", ".join(allowed)}
            yield QueryProblem(name, "invalid-choice", sentence % words, allowed)
