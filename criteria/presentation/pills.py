"""The filters above the rows of an assessment, each with how many rows it leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from criteria.presentation.rows import ValueRow
from criteria.scoring.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.utils.functional import _StrPromise

EVERYTHING = "all"
TO_REVIEW = "to-review"
LATE = "late"  # offered only where something was


@dataclass(frozen=True, slots=True)
class RowFilter:
    """A filter by name, and the question it asks of a row."""

    label: _StrPromise
    keeps: Callable[[ValueRow], bool]


FILTERS = {
    EVERYTHING: RowFilter(_("All"), lambda _row: True),
    "missing": RowFilter(_("Missing"), lambda row: row.verdict is Verdict.MISSING),
    "not-met": RowFilter(_("Not met"), lambda row: row.verdict is Verdict.NOT_MET),
    "changed": RowFilter(_("Changed"), lambda row: row.is_changed),
    "carried": RowFilter(_("Carried over"), lambda row: row.state == "carried"),
    LATE: RowFilter(_("Entered late"), lambda row: bool(row.value and row.value.late)),
    "undetermined": RowFilter(_("Undetermined"), lambda row: row.verdict is Verdict.UNDETERMINED),
}


# Offered to who reviews: what she has to look at.
REVIEW_FILTERS = {
    TO_REVIEW: RowFilter(_("Changed since verified"), lambda row: row.is_to_review),
    **FILTERS,
}


@dataclass(frozen=True, slots=True)
class Pill:
    """A filter as the page offers it."""

    key: str
    label: str
    count: int
    is_chosen: bool


def pills_of(
    rows: Iterable[ValueRow], chosen: str, filters: Mapping[str, RowFilter] = FILTERS
) -> tuple[Pill, ...]:
    """Return the filters with their counts."""
    rows = tuple(rows)
    pills = (
        Pill(key, str(one.label), sum(1 for row in rows if one.keeps(row)), key == chosen)
        for key, one in filters.items()
    )
    return tuple(pill for pill in pills if pill.key != LATE or pill.count or pill.is_chosen)
