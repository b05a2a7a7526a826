"""What is wrong with a table of cases: every fault with its line and column."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, order=True)
class CaseFault:
    """One fault; column 0 is the line as a whole."""

    line: int
    column: int
    name: str
    sentence: str

    def __str__(self) -> str:
        where = f", column {self.column} ({self.name})" if self.column else ""
        return f"line {self.line}{where}: {self.sentence}"


class CaseFileError(ValueError):
    """A table that cannot be judged, with all its faults."""

    def __init__(self, faults: Sequence[CaseFault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__(*self.faults)

    def __str__(self) -> str:
        return "\n".join(map(str, self.faults))


@dataclass(slots=True)
class CaseFaults:
    """The faults found so far."""

    found: list[CaseFault] = field(default_factory=list)

    def add(self, line: int, column: int, name: str, sentence: str) -> None:
        """Note a fault; the same one is noted once."""
        fault = CaseFault(line, column, name, sentence)
        if fault not in self.found:
            self.found.append(fault)

    def refuse_if_any(self) -> None:
        """Raise CaseFileError when anything was wrong."""
        if self.found:
            raise CaseFileError(self.found)
