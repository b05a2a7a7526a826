"""Office files (zip archives of XML) that are the same bytes whenever they are made."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from datetime import date

_CORE = "docProps/core.xml"
_DATES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def settled(content: bytes, day: date) -> bytes:
    """Return the same file with every date in it set to `day`, its members in their order."""
    written = BytesIO()
    with ZipFile(BytesIO(content)) as given, ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name in given.namelist():
            member = ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            member.compress_type = ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            archive.writestr(member, _dated(name, given.read(name), day))
    return written.getvalue()


def _dated(name: str, content: bytes, day: date) -> bytes:
    if name != _CORE:
        return content
    moment = f"{day.isoformat()}T00:00:00Z".encode()
    return _DATES.sub(rb"\g<1>" + moment + rb"\g<3>", content)
