"""Remarks on where a fact of the law was read, in the reader's language.

The files of law keep each remark as it was written, and are exported so; its Vietnamese, where
it holds English words, lies beside them and is used only where a person reads it.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

REMARKS = Path(__file__).resolve().parent / "data" / "remarks"


def remark_in_words(text: str) -> str:
    """Return a remark as the reader reads it; one that nobody translated, as it was written."""
    return _translated((get_language() or "").split("-")[0]).get(text, text)


@cache
def _translated(language: str) -> dict[str, str]:
    file = REMARKS / f"{language}.json"
    if not file.exists():
        return {}
    remarks: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return remarks
