"""Where the browser is and how it is started."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

FOLDER = Path(__file__).parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def is_missing() -> bool:
    """Tell whether browser tests cannot run here; in CI they must, so there it is never true."""
    return CHROMIUM is None and not os.environ.get("CI")
