"""The log of changes, line by line: who, when, from, to, why, by which way."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from criteria.models import AssessmentEvent, ValueChange
from criteria.presentation.wording import number_text
from ntm_portal.lib.workbooks import Column, Table, write_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from communes.models import AdministrativeUnit

FORMULA_STARTS = ("=", "+", "@", "\t", "\r")
MOST_IN_WORKBOOK = 50_000
LOADED = (
    "by",
    "late",
    "value__measure",
    "value__assessment__unit__parent",
    "value__assessment__round",
)
STEP_LOADED = ("by", "late", "assessment__unit__parent", "assessment__round")


@dataclass(frozen=True, slots=True)
class LogLine:
    """One thing that somebody did."""

    pk: int
    at: datetime
    by: str
    unit: AdministrativeUnit
    assessment_id: int
    round_code: str
    code: str  # of what is measured; empty for a step of the whole
    old: str
    new: str
    why: str
    way: str
    late: str  # the reason for which it was entered after its round had closed

    @property
    def cells(self) -> tuple[str, ...]:
        """Return what a file says of it."""
        at = timezone.localtime(self.at).strftime("%Y-%m-%d %H:%M:%S")
        return (
            *(at, self.by, self.unit.code, self.unit.label, self.round_code),
            *(self.code, self.old, self.new, self.why, self.way, self.late),
        )


def change_lines(changes: Iterable[ValueChange]) -> Iterator[LogLine]:
    """Yield the lines of changes that come with what `LOADED` names."""
    for change in changes:
        measure, assessment = change.value.measure, change.value.assessment
        yield LogLine(
            pk=change.pk,
            at=change.at,
            by=change.by.display_name,
            unit=assessment.unit,
            assessment_id=assessment.pk,
            round_code=assessment.round.code,
            code=measure.code,
            old=number_text(measure.kind, change.old),
            new=number_text(measure.kind, change.new),
            why=_("confirmed as it stood") if change.old == change.new else "",
            way=str(change.get_channel_display()),
            late=change.late.reason if change.late else "",
        )


def step_lines(events: Iterable[AssessmentEvent]) -> Iterator[LogLine]:
    """Yield the lines of steps that come with what `STEP_LOADED` names."""
    words = dict(AssessmentEvent._meta.get_field("to_status").flatchoices)
    for event in events:
        assessment = event.assessment
        yield LogLine(
            pk=event.pk,
            at=event.at,
            by=event.by.display_name,
            unit=assessment.unit,
            assessment_id=assessment.pk,
            round_code=assessment.round.code,
            code="",
            old=str(words.get(event.from_status, "–")),
            new=str(words[event.to_status]),
            why=event.reason,
            way="",
            late=event.late.reason if event.late else "",
        )


def headings() -> tuple[tuple[str, int], ...]:
    """Return the headings of a file and how wide their columns are."""
    return (
        *((_("When"), 20), (_("Who"), 24), (_("Code of the unit"), 12), (_("Unit"), 28)),
        *((_("Round"), 10), (_("Indicator"), 12), (_("From"), 14), (_("To"), 14)),
        *((_("Why"), 40), (_("Way"), 24), (_("Entered late because"), 40)),
    )


def workbook_of(lines: Iterable[LogLine]) -> bytes:
    """Return the lines as a workbook that is only to be read."""
    columns = [Column((heading,), width, is_locked=True) for heading, width in headings()]
    return write_workbook([Table(_("Log"), columns, (line.cells for line in lines))])


def csv_lines(lines: Iterable[LogLine]) -> Iterator[str]:
    """Yield the lines of a CSV; what a spreadsheet would run as a formula is quoted."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([heading for heading, _width in headings()])
    for line in lines:
        yield writer.writerow([_plain(text) for text in line.cells])


class _Echo:
    """Hands back what a CSV writer writes."""

    def write(self, line: str) -> str:
        return line


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
