"""The files of law that are shipped with the portal."""

from __future__ import annotations

from pathlib import Path

import criteria

DATA = Path(criteria.__path__[0]) / "data"
OF_PROVINCES = "overrides-"  # thresholds of provinces lie beside the sets; they are no sets


def shipped_files() -> list[Path]:
    """Return the files of all shipped sets."""
    files = sorted(DATA.glob("*.json"))
    return [path for path in files if not path.name.startswith(OF_PROVINCES)]
