"""The schemes and score sheets that judge, and those that judge nothing, with the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ocop.grading.soundness import Fault
from ocop.loading.wording import sentence
from ocop.models import LoadedScheme, ScoreSheet
from ocop.rulebooks import known_schemes

if TYPE_CHECKING:
    from ocop.grading import Scheme


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A score sheet in its latest version, and why it judges nothing if it does not."""

    row: ScoreSheet
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SchemeLine:
    """A scheme, whether it was loaded in the place of the shipped one, and its sheets."""

    scheme: Scheme | None
    code: str
    is_loaded: bool
    sheets: tuple[SheetLine, ...]

    @property
    def sound(self) -> int:
        """Return how many of its sheets judge."""
        return sum(line.row.is_sound for line in self.sheets)


def scheme_lines() -> list[SchemeLine]:
    """Return every scheme, the newest first, then what sheets name that there is not."""
    every = (
        ScoreSheet.objects.filter(is_current=True)
        .defer("body")
        .order_by("scheme_code", "is_sound", "number", "name")
    )
    sheets = {
        code: tuple(SheetLine(row, tuple(map(_reason, row.faults))) for row in rows)
        for code, rows in groupby(every, key=lambda row: row.scheme_code)
    }
    loaded = set(LoadedScheme.objects.values_list("code", flat=True))
    lines = [
        SchemeLine(scheme, scheme.code, scheme.code in loaded, sheets.pop(scheme.code, ()))
        for scheme in reversed(known_schemes())
    ]
    return lines + [
        SchemeLine(None, code, is_loaded=False, sheets=rows) for code, rows in sheets.items()
    ]


def _reason(stored: dict[str, Any]) -> str:  # as the loader kept it
    numbers = {
        name: Decimal(stored[name]) if stored.get(name) else None for name in ("found", "expected")
    }
    return sentence(Fault(stored["code"], stored.get("where", ""), **numbers))
