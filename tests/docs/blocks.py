"""The commands of docs/api.md, as somebody copies them into a shell."""

from __future__ import annotations

import textwrap
from itertools import groupby
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

# curl as it is typed, but it says the status of each answer on the other channel.
TOLD = (
    'curl() { command curl --silent --show-error --write-out "%{stderr}%{http_code}\\n" "$@"; }\n'
)


def blocks() -> Iterator[str]:
    """Yield each block of commands, in the order of the page."""
    lines = (settings.BASE_DIR / "docs" / "api.md").read_text().splitlines()
    for is_code, found in groupby(lines, lambda line: line.startswith("    ")):
        block = textwrap.dedent("\n".join(found))
        if is_code and "curl " in block:
            yield f"{block}\n"
