"""Where LibreOffice is; tests that need it are left out without one. CI always has one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

SOFFICE = shutil.which("soffice") or ""
FOLDER = Path(__file__).resolve().parent / "programme" / "reports" / "office"


def is_missing() -> bool:
    """Tell whether tests that need it cannot run here; in CI they must."""
    return not SOFFICE and not os.environ.get("CI")
