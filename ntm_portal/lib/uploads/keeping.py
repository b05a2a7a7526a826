"""A file as a row: kept under a name of our own, with the sender's name only to be shown."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from ntm_portal.lib.uploads.kinds import Kind

_LONGEST_NAME = 190


class StoredFile(models.Model):
    """What is known of a file that somebody sent in; the subclass says where `file` is kept."""

    file: models.FileField
    name = models.CharField(_("name"), max_length=200)
    content_type = models.CharField(max_length=80)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return self.name


def fill(row: StoredFile, upload: UploadedFile[bytes], kind: Kind) -> None:
    """Write the file and what is known of it into `row`, which the caller saves.

    Last in a transaction: a file does not go away when the transaction does.
    """
    row.name = shown_name(upload.name or "", kind)
    row.content_type = kind.content_type
    row.size_bytes = upload.size or 0
    row.sha256 = digest_of(upload)
    row.file.save(f"{uuid4().hex}{kind.suffix}", upload, save=False)


def digest_of(upload: UploadedFile[bytes]) -> str:
    """Return the SHA-256 of the file, of which nothing is used up."""
    digest = hashlib.sha256()
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def shown_name(name: str, kind: Kind) -> str:
    """Return the sender's name without folders, with the ending that fits the content."""
    stem = PurePath(name.replace("\\", "/")).stem.strip()[:_LONGEST_NAME]
    return f"{stem or 'document'}{kind.suffix}"
