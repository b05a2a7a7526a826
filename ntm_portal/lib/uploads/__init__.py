"""Files that people send in: known by their content, kept outside what the web server shows."""

from ntm_portal.lib.uploads.keeping import StoredFile, fill
from ntm_portal.lib.uploads.kinds import (
    ACCEPT,
    ANY,
    MOST_BYTES,
    PAPERS,
    PICTURES,
    Kind,
    check_upload,
)
from ntm_portal.lib.uploads.serving import hand_out, show

__all__ = [
    "ACCEPT",
    "ANY",
    "MOST_BYTES",
    "PAPERS",
    "PICTURES",
    "Kind",
    "StoredFile",
    "check_upload",
    "fill",
    "hand_out",
    "show",
]
