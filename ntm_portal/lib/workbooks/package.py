"""A file that may be a workbook, looked into before anything opens it as one.

An .xlsx is a zip archive of XML. Its directory says how large each member becomes; each is
unpacked once, in pieces, and may not become larger than it says.
"""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from ntm_portal.lib.workbooks.faults import WorkbookRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED_BYTES = 120 * 1024 * 1024
MOST_RATIO = 200  # sheets that people make stay below 60
MOST_MEMBERS = 2000
_SMALL_MEMBER = 1024 * 1024  # a small member may be packed as tightly as it likes
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_LOCAL_HEADER, _IS_ENCRYPTED = 30, 0x1
_WORKBOOK = "xl/workbook.xml"


def unpack(content: bytes) -> Mapping[str, bytes]:
    """Return the members of an .xlsx by name; raise `WorkbookRefused` when it is not safely one."""
    _refuse_other_kinds(content)
    try:
        with ZipFile(BytesIO(content)) as archive:
            infos = archive.infolist()
            _refuse_bombs(infos)
            _refuse_other_archives(archive, {info.filename for info in infos})
            return {info.filename: _inflate(content, info) for info in infos}
    except (BadZipFile, zlib.error, struct.error, NotImplementedError) as error:
        sentence = _("The file is damaged: it cannot be unpacked. Save it anew and send it again.")
        raise WorkbookRefused(sentence, code="damaged") from error


def _refuse_other_kinds(content: bytes) -> None:
    if not content:
        raise WorkbookRefused(_("The file is empty."), code="empty")
    if len(content) > MOST_BYTES:
        raise WorkbookRefused(too_large(), code="too-large")
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            sentence = _(
                "The workbook is locked with a password. Take the password away (File, Info, "
                "Protect Workbook) and send it again."
            )
            raise WorkbookRefused(sentence, code="password")
        sentence = _("This is an old workbook (.xls). Save it as .xlsx and send it again.")
        raise WorkbookRefused(sentence, code="old-format")
    if not content.startswith(_ZIP):
        sentence = _(
            "This is not an Excel workbook by its content, whatever its name says (a text or CSV "
            "file, perhaps). Open it in Excel and save it as .xlsx."
        )
        raise WorkbookRefused(sentence, code="not-a-workbook")


def too_large() -> str:
    """Return the sentence for a file of more bytes than are taken."""
    sentence = _("The file is too large: at most %(most)s MB are taken.")
    return sentence % {"most": MOST_BYTES // 1024**2}


def _refuse_bombs(infos: list[ZipInfo]) -> None:
    unpacked = sum(info.file_size for info in infos)
    tightest = max(
        (
            info.file_size / max(info.compress_size, 1)
            for info in infos
            if info.file_size > _SMALL_MEMBER
        ),
        default=0,
    )
    if unpacked > MOST_UNPACKED_BYTES or tightest > MOST_RATIO or len(infos) > MOST_MEMBERS:
        sentence = _(
            "The file would become too large when it is unpacked, so it is not opened. Copy the "
            "cells that matter into a new workbook and send that."
        )
        raise WorkbookRefused(sentence, code="bomb")


def _refuse_other_archives(archive: ZipFile, names: set[str]) -> None:
    if any(info.flag_bits & _IS_ENCRYPTED for info in archive.infolist()):
        sentence = _("The archive is locked with a password.")
        raise WorkbookRefused(sentence, code="password")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        sentence = _(
            "The workbook holds macros. Save it as .xlsx, without them, and send it again."
        )
        raise WorkbookRefused(sentence, code="macros")
    if "xl/workbook.bin" in names:
        sentence = _("This is a binary workbook (.xlsb). Save it as .xlsx and send it again.")
        raise WorkbookRefused(sentence, code="old-format")
    if "mimetype" in names and "content.xml" in names:
        sentence = _("This is an OpenDocument file (.ods). Save it as .xlsx and send it again.")
        raise WorkbookRefused(sentence, code="other-format")
    if _WORKBOOK not in names or "[Content_Types].xml" not in names:
        sentence = _("This is not an Excel workbook by its content, whatever its name says.")
        raise WorkbookRefused(sentence, code="not-a-workbook")


def _inflate(content: bytes, info: ZipInfo) -> bytes:
    """Return the member, unpacked up to the size that the directory gives it and no further."""
    begin = info.header_offset
    name_length, extra_length = struct.unpack("<HH", content[begin + 26 : begin + _LOCAL_HEADER])
    begin += _LOCAL_HEADER + name_length + extra_length
    packed = content[begin : begin + info.compress_size]
    if info.compress_type == ZIP_STORED:
        found = packed
    elif info.compress_type == ZIP_DEFLATED:
        found = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, info.file_size + 1)
    else:
        raise NotImplementedError(info.compress_type)
    if len(found) != info.file_size or b"<!DOCTYPE" in found[:2048]:
        raise BadZipFile(info.filename)
    return found
