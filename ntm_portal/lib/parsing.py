"""JSON as it is sent: a member that is given twice is refused, since one of both would be lost."""

from __future__ import annotations

import codecs
import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.utils.json import strict_constant

from ntm_portal.lib.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import IO


class PlainJsonParser(JSONParser):
    """The framework's own, and no member twice."""

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:  # whatever JSON can hold, here and below
        """Return what was sent, or name every member that was sent twice."""
        encoding = (parser_context or {}).get("encoding", settings.DEFAULT_CHARSET)
        try:
            text = codecs.getreader(encoding)(stream).read()
            return _read(text, _object)
        except _SaidTwice:
            raise twice(dict(_repeated(_read(text, _Pairs), "#"))) from None
        except (ValueError, RecursionError) as error:
            raise ParseError from error


class _SaidTwice(Exception):  # noqa: N818  (found, not failed)
    """A member is given twice somewhere; where is looked up only then."""


class _Pairs(list[tuple[str, Any]]):
    """The members of an object as they were sent."""


def _read(text: str, members: Any) -> Any:
    return json.loads(text, object_pairs_hook=members, parse_constant=strict_constant)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _SaidTwice
    return found


def _repeated(sent: Any, pointer: str) -> Iterator[tuple[str, str]]:
    """Yield the pointer and the name of each member that is given again."""
    if isinstance(sent, _Pairs):
        seen = set[str]()
        for name, value in sent:
            below = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
            if name in seen:
                yield below, name
            seen.add(name)
            yield from _repeated(value, below)
    elif isinstance(sent, list):
        for place, value in enumerate(sent):
            yield from _repeated(value, f"{pointer}/{place}")


def twice(found: Mapping[str, str]) -> Refused:
    """Refuse what gives members, by their pointers, or columns more than once."""
    errors = [
        {
            "pointer": pointer,
            "code": "repeated-member",
            "detail": _("“%(name)s” stands in it more than once.") % {"name": name},
        }
        for pointer, name in found.items()
    ]
    sentences = " ".join(dict.fromkeys(error["detail"] for error in errors))
    return Refused(400, "invalid-body", sentences, errors=errors)
