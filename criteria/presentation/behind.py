"""Files and notes behind a value, and how many stand behind each value of an assessment."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from criteria.models import Evidence, ValueNote

if TYPE_CHECKING:
    from criteria.models import Assessment, Measure


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind one value: the files that count, those taken back, the notes."""

    files: tuple[Evidence, ...]
    withdrawn: tuple[Evidence, ...]
    notes: tuple[ValueNote, ...]


def behind_of(assessment: Assessment, measure: Measure) -> Behind:
    """Return what stands behind one value; two queries."""
    files = Evidence.objects.filter(assessment=assessment, measure=measure)
    found = tuple(files.select_related("added_by", "withdrawn_by"))
    notes = ValueNote.objects.filter(assessment=assessment, measure=measure)
    return Behind(
        files=tuple(file for file in found if not file.withdrawn_at),
        withdrawn=tuple(file for file in found if file.withdrawn_at),
        notes=tuple(notes.select_related("by")),
    )


def counted_behind(assessment: Assessment) -> Counter[int]:
    """Return how many files and notes stand behind each value, by measure id; one query."""
    files = Evidence.objects.filter(assessment=assessment, withdrawn_at=None)
    notes = ValueNote.objects.filter(assessment=assessment)
    both = (
        files.order_by()
        .values_list("measure_id")
        .union(notes.order_by().values_list("measure_id"), all=True)
    )
    return Counter(measure_id for (measure_id,) in both)
