"""Which files are taken, told by their content; what their name or sender says counts nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import puremagic
from django.utils.translation import gettext as _

from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.uploads.office import OFFICE, office_type

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from django.core.files.uploadedfile import UploadedFile

MOST_BYTES = 20 * 1024 * 1024
_HEAD = 64  # bytes by which every kind is told
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its type on the web, the ending of its name, the word people use."""

    content_type: str
    suffix: str
    word: str


PDF = Kind("application/pdf", ".pdf", "PDF")
JPEG = Kind("image/jpeg", ".jpg", "JPEG")
PNG = Kind("image/png", ".png", "PNG")
WEBP = Kind("image/webp", ".webp", "WebP")
OFFICE_KINDS = tuple(Kind(content_type, *names) for content_type, names in OFFICE.items())
PAPERS = (PDF, JPEG, PNG)
PICTURES = (JPEG, PNG, WEBP)
ANY = (*PAPERS, WEBP, *OFFICE_KINDS)
# What a file field offers to choose from; only a help for the one who chooses.
ACCEPT = ",".join(kind.suffix for kind in ANY) + ",.jpeg"


def check_upload(
    upload: UploadedFile[bytes], kinds: Collection[Kind] = ANY, *, most_bytes: int | None = None
) -> Kind:
    """Return the kind of the file; raise DomainError when it is empty, too large or another."""
    most = most_bytes or MOST_BYTES
    if not upload.size:
        raise DomainError(_("The file is empty."), code="bad-document")
    if upload.size > most:
        sentence = _("The file is too large: at most %(most)s MB are taken.")
        raise DomainError(sentence % {"most": most // 1024**2}, code="bad-document")
    upload.seek(0)
    head = upload.read(_HEAD)
    found = next((kind for kind in _told_by(head, upload) if kind in kinds), None)
    upload.seek(0)
    if found is None:
        raise DomainError(_refusal(head, kinds), code="bad-document")
    return found


def _told_by(head: bytes, upload: UploadedFile[bytes]) -> Iterator[Kind]:
    if head.startswith(b"%PDF-"):
        yield PDF
    if head.startswith(b"\xff\xd8\xff"):
        yield JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        yield PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        yield WEBP
    if head.startswith(_ZIP):
        told = office_type(upload)
        yield from (kind for kind in OFFICE_KINDS if kind.content_type == told)


def _refusal(head: bytes, kinds: Collection[Kind]) -> str:
    """Say which kinds are taken, and what the file seems to be if that helps."""
    words = {"kinds": ", ".join(kind.word for kind in kinds), "is": _seems(head)}
    if head.startswith(_OLD_OFFICE):
        return (
            _(
                "The file has the old format of Word or Excel, or a password. Save it without a "
                "password as one of %(kinds)s."
            )
            % words
        )
    if words["is"]:
        return _("By its content the file is “%(is)s”; taken are %(kinds)s.") % words
    return _("By its content, whatever its name says, the file is none of %(kinds)s.") % words


def _seems(head: bytes) -> str:
    try:
        return puremagic.from_string(head).lstrip(".")
    except puremagic.PureError:
        return ""
