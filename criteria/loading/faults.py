"""What is wrong with a file of law: every fault with its place, all of them at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: where it stands in the file, and a sentence that says what is wrong."""

    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}" if self.place else self.sentence


class SetFileError(ValueError):
    """A file that cannot be loaded, with all its faults."""

    def __init__(self, name: str, faults: Sequence[Fault]) -> None:
        self.name = name
        self.faults = tuple(faults)
        super().__init__(name, *self.faults)

    def __str__(self) -> str:
        return "\n".join(f"{self.name}: {fault}" for fault in self.faults)


@dataclass(slots=True)
class Faults:
    """The faults found so far in one file."""

    name: str
    found: list[Fault] = field(default_factory=list)

    def add(self, place: str, sentence: str) -> None:
        """Note a fault; the same one is noted once."""
        fault = Fault(place, sentence)
        if fault not in self.found:
            self.found.append(fault)

    def refuse_if_any(self) -> None:
        """Raise SetFileError when anything was wrong."""
        if self.found:
            raise SetFileError(self.name, self.found)
