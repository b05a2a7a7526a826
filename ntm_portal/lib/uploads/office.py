"""Office documents by what their archive holds; one that brings a macro is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _

from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
# The type on the web, then the ending of the name and the word for it.
OFFICE = {
    f"{_OOXML}wordprocessingml.document": (".docx", "Word"),
    f"{_OOXML}spreadsheetml.sheet": (".xlsx", "Excel"),
    f"{_OOXML}presentationml.presentation": (".pptx", "PowerPoint"),
    f"{_ODF}text": (".odt", "ODT"),
    f"{_ODF}spreadsheet": (".ods", "ODS"),
    f"{_ODF}presentation": (".odp", "ODP"),
}
_MAIN_PARTS = {
    "word/document.xml": f"{_OOXML}wordprocessingml.document",
    "xl/workbook.xml": f"{_OOXML}spreadsheetml.sheet",
    "ppt/presentation.xml": f"{_OOXML}presentationml.presentation",
}
# Nothing is unpacked here, but whoever opens the document unpacks all of it.
MOST_MEMBERS = 5_000
MOST_UNPACKED = 400 * 1024 * 1024
_LONGEST_MIMETYPE = 100
_MACROS = ("vbaproject.bin", "basic/script-lc.xml", "macrosheets/")


def office_type(upload: UploadedFile[bytes]) -> str:
    """Return the type of an office document; empty for another archive.

    Raise DomainError when it holds macros, or would unpack to more than it may.
    """
    upload.seek(0)
    try:
        with ZipFile(upload) as archive:
            names = {name.lower() for name in archive.namelist()}
            _refuse_bomb(archive)
            _refuse_macros(names)
            return _open_document(archive) or next(
                (told for part, told in _MAIN_PARTS.items() if part in names), ""
            )
    except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return ""


def _refuse_bomb(archive: ZipFile) -> None:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS or sum(item.file_size for item in members) > MOST_UNPACKED:
        sentence = _("The file would unpack to far more than it seems to be: it is not taken.")
        raise DomainError(sentence, code="bad-document")


def _refuse_macros(names: set[str]) -> None:
    if any(macro in name for name in names for macro in _MACROS):
        sentence = _("The document holds macros: save it without them and send it again.")
        raise DomainError(sentence, code="bad-document")


def _open_document(archive: ZipFile) -> str:
    """Return what an OpenDocument says it is, in its first member; empty for another archive."""
    if "mimetype" not in archive.namelist():
        return ""
    with archive.open("mimetype") as member:
        told = member.read(_LONGEST_MIMETYPE).decode("ascii", errors="replace").strip()
    return told if told in OFFICE else ""
