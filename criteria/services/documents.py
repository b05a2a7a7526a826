"""Papers that people send in: known by their content, kept outside what the web server shows."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING
from uuid import uuid4

from django.utils.translation import gettext as _

from criteria.models import Recognition, RecognitionDocument
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from ntm_portal.accounts.models import User

MOST_BYTES = 20 * 1024 * 1024
_LONGEST_NAME = 190


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is taken, known by how it begins."""

    content_type: str
    suffix: str
    beginning: bytes


KINDS = (
    Kind("application/pdf", ".pdf", b"%PDF-"),
    Kind("image/jpeg", ".jpg", b"\xff\xd8\xff"),
    Kind("image/png", ".png", b"\x89PNG\r\n\x1a\n"),
)


def check_document(upload: UploadedFile[bytes]) -> Kind:
    """Return the kind of the file; raise DomainError when it is empty, too large or another."""
    if not upload.size:
        raise DomainError(_("The file is empty."), code="bad-document")
    if upload.size > MOST_BYTES:
        sentence = _("The file is too large: at most %(most)s MB are taken.")
        raise DomainError(sentence % {"most": MOST_BYTES // 1024**2}, code="bad-document")
    upload.seek(0)
    beginning = upload.read(16)
    upload.seek(0)
    for kind in KINDS:
        if beginning.startswith(kind.beginning):
            return kind
    sentence = _("The file is none of PDF, JPEG and PNG by its content, whatever its name says.")
    raise DomainError(sentence, code="bad-document")


def add_document(
    recognition: Recognition, upload: UploadedFile[bytes], purpose: str, *, by: User
) -> RecognitionDocument:
    """Keep the file under a name of our own; the sender's name is only shown."""
    kind = check_document(upload)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    document = RecognitionDocument(
        recognition=recognition,
        purpose=purpose,
        name=_shown_name(upload.name or "", kind),
        content_type=kind.content_type,
        size_bytes=upload.size or 0,
        sha256=digest.hexdigest(),
        added_by=by,
    )
    document.file.save(f"{uuid4().hex}{kind.suffix}", upload, save=False)
    document.save()
    return document


def _shown_name(name: str, kind: Kind) -> str:
    """Return the sender's name without folders, with the ending that fits the content."""
    stem = PurePath(name.replace("\\", "/")).stem.strip()[:_LONGEST_NAME]
    return f"{stem or 'document'}{kind.suffix}"
