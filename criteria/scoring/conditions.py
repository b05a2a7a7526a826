"""Conditions on facts of a commune, such as its number of schools (QĐ 318/QĐ-TTg, criterion 5)."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from decimal import Decimal

COMPARISONS = {
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<=": operator.le,
    "<": operator.lt,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """A part is asked only where this holds.

    Without a comparator it is words (`text`) that no program can weigh: only a person knows.
    """

    fact: str = ""
    comparator: str = ""
    value: Decimal = Decimal(0)
    text: str = ""

    def holds(self, facts: frozenset[tuple[str, Decimal]]) -> bool | None:
        """Tell whether it holds; None where the fact is unknown."""
        for fact, value in facts:
            if fact == self.fact and self.comparator:
                return self._allows(value)
        return None

    def excludes(self, other: Condition) -> bool:
        """Tell whether both can never hold at once: more than 3 schools, and 3 or fewer.

        Two conditions in words beside each other are alternatives.
        """
        if not self.comparator or not other.comparator:
            return not self.comparator and not other.comparator and self != other
        if self.fact != other.fact:
            return False
        low, high = sorted((self.value, other.value))
        tried = (low - 1, low, (low + high) / 2, high, high + 1)
        return not any(self._allows(value) and other._allows(value) for value in tried)

    def _allows(self, value: Decimal) -> bool:
        return bool(COMPARISONS[self.comparator](value, self.value))
