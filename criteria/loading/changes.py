"""What a reading changes, in words for the one who loads it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Change:
    """A row that is new ("+"), changed ("~") or gone ("-"), and what it is."""

    sign: str
    noun: str
    text: str

    def __str__(self) -> str:
        return f"{self.sign} {self.noun} {self.text}"


@dataclass(slots=True)
class Loaded:
    """What a reading found in a file, and what it had to write."""

    code: str
    is_new: bool = False
    is_complete: bool = True
    criteria: int = 0
    indicators: int = 0
    indicators_total: int | None = None
    measures: int = 0
    thresholds: int = 0
    changes: list[Change] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rejudged: int = 0

    @property
    def rows_written(self) -> int:
        """Return how many rows of the law had to be written."""
        return len(self.changes)

    def summary(self) -> list[str]:
        """Return what to tell: what the set holds, and what changes, line by line unless new."""
        return [self._head(), *self._changes(), *self._aftermath()]

    def _head(self) -> str:
        total = "?" if self.indicators_total is None else self.indicators_total
        criteria = self.criteria or "?"
        head = (
            f"{self.code}: {criteria} criteria, {self.indicators} of {total} indicators, "
            f"{self.measures} measures, {self.thresholds} thresholds"
        )
        return head if self.is_complete else f"{head}; incomplete: never called met"

    def _changes(self) -> list[str]:
        if not self.changes:
            return ["  nothing changes"]
        if self.is_new:
            counted = Counter(change.noun for change in self.changes)
            return ["  new: " + ", ".join(f"{noun} {n}" for noun, n in counted.items())]
        return [f"  {change}" for change in self.changes]

    def _aftermath(self) -> list[str]:
        told = [f"  {note}" for note in self.notes]
        return told + ([f"  judged anew: {self.rejudged} assessments"] if self.rejudged else [])
