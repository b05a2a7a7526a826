"""A kept file handed out to whoever was found to be allowed to have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse, Http404

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile


def hand_out(file: FieldFile, name: str, content_type: str) -> FileResponse:
    """Answer with the file, to be saved and never run by the browser; 404 when it is lost."""
    try:
        content = file.open("rb")
    except (FileNotFoundError, ValueError) as lost:
        raise Http404 from lost
    answer = FileResponse(content, as_attachment=True, filename=name, content_type=content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer
