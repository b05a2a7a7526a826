"""What arrives over the wire: a file far larger than any that is taken is not kept meanwhile."""

from __future__ import annotations

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from ntm_portal.lib.uploads.kinds import MOST_BYTES

# Somewhat too large is told by the form, with its own sentence; beyond this nothing is stored.
MOST_RECEIVED = 2 * MOST_BYTES


class RefuseLarge(FileUploadHandler):
    """Leave out a file once too much of it has come; the fields beside it are kept."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand the chunk on, or drop the file."""
        if start + len(raw_data) > MOST_RECEIVED:
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave it to the next handler to give the file out."""
