"""What a verification compared, and where what is stored differs from what the rows give."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure or verdict that is not what the rows give."""

    round: str
    where: str
    what: str
    stored: object
    found: object

    def __str__(self) -> str:
        return (
            f"{self.round}, {self.where}: {self.what} is stored as {_said(self.stored)}, "
            f"the rows give {_said(self.found)}"
        )


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return " / ".join(map(_said, value))
    return "nothing" if value is None else str(value)


@dataclass(slots=True)
class Findings:
    """Counts what was compared and what differed, and keeps the first differences."""

    compared: Counter[str] = field(default_factory=Counter)
    shown: list[Difference] = field(default_factory=list)
    differing: int = 0

    def compare(
        self,
        kind: str,
        place: tuple[str, str],
        stored: Mapping[str, object] | None,
        found: Mapping[str, object] | None,
        *,
        rows: int = 1,
    ) -> None:
        """Compare what is stored with what was found, name by name; `place` is (round, where)."""
        self.compared[kind] += rows
        if stored == found:
            return
        if stored is None or found is None:
            self._differs(Difference(*place, kind, _row(stored), _row(found)))
            return
        for name in dict.fromkeys([*found, *stored]):
            if (old := stored.get(name)) != (new := found.get(name)):
                self._differs(Difference(*place, f"{kind} {name}", old, new))

    def _differs(self, difference: Difference) -> None:
        self.differing += 1
        if len(self.shown) < SHOWN:
            self.shown.append(difference)


def _row(row: Mapping[str, object] | None) -> str | None:
    return None if row is None else "a row"
