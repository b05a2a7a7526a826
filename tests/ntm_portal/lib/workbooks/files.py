"""Workbooks as people and attackers make them."""

from __future__ import annotations

import struct
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

if TYPE_CHECKING:
    from collections.abc import Sequence


def workbook(*rows: Sequence[Any], title: str = "Sheet") -> bytes:
    """Return a workbook with these rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    return written(book)


def written(book: Workbook) -> bytes:
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def with_member(content: bytes, name: str, data: bytes) -> bytes:
    """Return the archive with one more member, or another in its place."""
    changed = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(changed, "w", ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info, old.read(info))
        new.writestr(name, data)
    return changed.getvalue()


def archive(**members: bytes) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w") as new:
        for name, data in members.items():
            new.writestr(name, data)
    return content.getvalue()


def lying_about(content: bytes, name: str, size: int) -> bytes:
    """Return the archive whose directory gives a member another size than it has."""
    with ZipFile(BytesIO(content)) as old:
        true = struct.pack("<L", old.getinfo(name).file_size)
    return content.replace(true, struct.pack("<L", size))
