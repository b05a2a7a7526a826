"""A kept file handed out to whoever was found to be allowed to have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse, Http404

if TYPE_CHECKING:
    from django.core.files import File
    from django.db.models.fields.files import FieldFile


def hand_out(file: FieldFile, name: str, content_type: str) -> FileResponse:
    """Answer with the file, to be saved and never run by the browser; 404 when it is lost."""
    answer = FileResponse(
        _content(file), as_attachment=True, filename=name, content_type=content_type
    )
    return _guarded(answer, "private, no-store")


def show(picture: FieldFile, content_type: str) -> FileResponse:
    """Answer with a picture that stands on a page; 404 when it is lost."""
    answer = FileResponse(_content(picture), content_type=content_type)
    return _guarded(answer, "private, max-age=3600")


def _content(file: FieldFile) -> File[bytes]:
    try:
        return file.open("rb")
    except (FileNotFoundError, ValueError) as lost:
        raise Http404 from lost


def _guarded(answer: FileResponse, caching: str) -> FileResponse:
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = caching
    return answer
