"""The figures of a round written out, each in one line, always in the same order, and their hash.

The lines hold official codes, numbers and words alone: whoever has the same figures gets the same
hash, on any database. They are not of a language, and nobody's name is in them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import PositiveIntegerField

from criteria.models import CriterionVerdict, IndicatorValue
from criteria.models.assessments import VerdictChoice
from programme.models import CriterionTally, Summary

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from criteria.models import ReportingRound

AT_ONCE = 5_000
COUNTERS = [
    field.name for field in Summary._meta.concrete_fields if isinstance(field, PositiveIntegerField)
]


@dataclass(frozen=True, slots=True)
class Digest:
    """The hash of each part of the figures, the hash over them, and how many figures there are."""

    parts: dict[str, str]
    figures: int

    @property
    def whole(self) -> str:
        """Return the hash over the hashes of the parts."""
        lines = "".join(f"{name} {found}\n" for name, found in sorted(self.parts.items()))
        return hashlib.sha256(lines.encode()).hexdigest()


def digest_of(round_: ReportingRound) -> Digest:
    """Work out the hash of everything published with the round; four queries."""
    parts: dict[str, str] = {}
    figures = 0
    for name, rows in _parts(round_).items():
        found = hashlib.sha256()
        for row in rows.iterator(chunk_size=AT_ONCE):
            found.update(("|".join(map(_text, row)) + "\n").encode())
            figures += 1
        parts[name] = found.hexdigest()
    return Digest(parts, figures)


# The rows are tuples of database values of every type, hence Any.
def _parts(round_: ReportingRound) -> dict[str, QuerySet[Any, tuple[Any, ...]]]:
    of_round = {"assessment__round": round_}
    return {
        "values": IndicatorValue.objects.filter(**of_round)
        .order_by("assessment__unit__code", "assessment__criteria_set__code", "measure__code", "pk")
        .values_list(
            "assessment__unit__code",
            "assessment__criteria_set__code",
            "assessment__status",
            "measure__code",
            "number",
            "is_not_assessed",
            "verified_number",
            "verified_is_not_assessed",
            "verdict",
            "distance",
        ),
        "verdicts": CriterionVerdict.objects.filter(outcome__assessment__round=round_)
        .order_by(
            "outcome__assessment__unit__code",
            "outcome__assessment__criteria_set__code",
            "outcome__basis",
            "criterion__code",
        )
        .values_list(
            "outcome__assessment__unit__code",
            "outcome__assessment__criteria_set__code",
            "outcome__basis",
            "criterion__code",
            "verdict",
        ),
        "summaries": Summary.objects.filter(round=round_)
        .order_by("unit__code", "unit_id", "basis")
        .values_list("unit__code", "basis", *COUNTERS),
        "tallies": CriterionTally.objects.filter(round=round_)
        .order_by(
            "unit__code", "unit_id", "basis", "criterion__criteria_set__code", "criterion__code"
        )
        .values_list(
            "unit__code",
            "basis",
            "criterion__criteria_set__code",
            "criterion__code",
            *VerdictChoice.values,
        ),
    }


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
