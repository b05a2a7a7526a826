"""The papers of a recognition: PDF or a scan, kept with the decision they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from criteria.models import Recognition, RecognitionDocument
from ntm_portal.lib.uploads import PAPERS, Kind, check_upload, fill

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from ntm_portal.accounts.models import User


def check_document(upload: UploadedFile[bytes]) -> Kind:
    """Return the kind of the paper; raise DomainError when it is empty, too large or another."""
    return check_upload(upload, PAPERS)


def add_document(
    recognition: Recognition, upload: UploadedFile[bytes], purpose: str, *, by: User
) -> RecognitionDocument:
    """Keep the paper of a recognition."""
    document = RecognitionDocument(recognition=recognition, purpose=purpose, added_by=by)
    fill(document, upload, check_document(upload))
    document.save()
    return document
