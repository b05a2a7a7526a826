"""A page of a list as JSON: the bytes of the framework's renderer, written a column at a time.

Most columns of a page hold few different values, each of which is written once, with its name.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

from rest_framework.renderers import JSONRenderer
from rest_framework.utils.encoders import JSONEncoder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

COMPACT = (",", ":")


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a page by their columns, whose cells are as JSON has them, hence Any."""

    names: Sequence[str]
    columns: Sequence[Sequence[Any]]

    def column(self, name: str) -> Sequence[Any]:
        """Return the cells of a column; none where the page has no such column."""
        return self.columns[self.names.index(name)] if self and name in self.names else ()

    def dicts(self) -> list[dict[str, Any]]:
        """Return the rows one by one."""
        return [dict(zip(self.names, row, strict=True)) for row in zip(*self.columns, strict=True)]

    def __bool__(self) -> bool:
        return bool(self.columns)


class PageRenderer(JSONRenderer):
    """The framework's JSON, for which the rows of a page may be `Rows`."""

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """Write the page; indented only where that is asked for."""
        rows = data.get("results") if isinstance(data, dict) else None
        if not isinstance(rows, Rows):
            return super().render(data, accepted_media_type, renderer_context)
        if self.get_indent(accepted_media_type or "", renderer_context or {}):
            whole = data | {"results": rows.dicts()}
            return super().render(whole, accepted_media_type, renderer_context)
        members = [
            f"{encode_basestring(name)}:".encode()
            + (_rows(rows) if value is rows else _any(value).encode())
            for name, value in data.items()
        ]
        return b"{" + b",".join(members) + b"}"


def _rows(rows: Rows) -> bytes:
    parts = [
        _members("{" if place == 0 else ",", name, column)
        for place, (name, column) in enumerate(zip(rows.names, rows.columns, strict=False))
    ]
    lines = b"},".join(map(b"".join, zip(*parts, strict=True)))
    return b"[" + lines + b"}]" if lines else b"[]"


def _members(before: str, name: str, cells: Sequence[Any]) -> Iterable[bytes]:
    """Return the member of each row that a column is, with what stands before it."""
    head = f"{before}{encode_basestring(name)}:"
    kinds = {*map(type, cells)}
    if kinds <= WRITERS.keys() and not kinds >= {bool, int}:  # to Python, true is 1
        known = {cell: (head + WRITERS[type(cell)](cell)).encode() for cell in {*cells}}
        return map(known.__getitem__, cells)
    return [(head + _any(cell)).encode() for cell in cells]


def _text(cell: str) -> str:
    """Write a text; two letters would end a line in JavaScript."""
    return encode_basestring(cell).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _any(cell: object) -> str:
    """Write whatever else there is."""
    text = json.dumps(
        cell, cls=JSONEncoder, ensure_ascii=False, allow_nan=False, separators=COMPACT
    )
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


WRITERS: dict[type, Callable[[Any], str]] = {
    str: _text,
    int: int.__repr__,
    bool: {True: "true", False: "false"}.__getitem__,
    type(None): {None: "null"}.__getitem__,
}
