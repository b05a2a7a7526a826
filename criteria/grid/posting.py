"""What is posted from a grid: only cells that say another thing than they were shown with."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from criteria.excel.reading import read_cell
from criteria.grid.cells import Answer, cell_text
from criteria.models import ValueChange
from criteria.services.bulk import save_what_holds
from criteria.services.changing import Entry, ValueConflict
from criteria.services.plain import unstamp
from ntm_portal.accounts.kept import TYPED_IN
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.numbers import rewritten
from ntm_portal.lib.workbooks import Cell, CellFault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django.http import QueryDict

    from criteria.models import Measure
    from criteria.scoring.verdicts import Typed
    from ntm_portal.accounts.models import User

Stamp = tuple[int | None, "Typed"]
Answers = dict[tuple[int, str], Answer]
FIELD_PARTS = 3  # v, assessment, column
MOST_DIGITS = 18  # of a key that a database can hold


@dataclass(slots=True)
class Posted:
    """How many values were saved, what could not be, and which assessments were touched."""

    values: int = 0
    answers: Answers = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class GridForm:
    """The fields of a grid.

    `v-ID-N` is the text of column N in the row of an assessment, `s-ID` the stamps of that row,
    `keep` the names of cells in which what somebody else saved shall stand, `late_reason` why she
    types after the round has closed.
    """

    data: QueryDict
    measures: Sequence[Measure]

    def save(self, *, by: User) -> Posted:
        """Save every cell that holds; the others come back as they were typed."""
        posted = Posted()
        texts: dict[tuple[int, str], str] = {}
        entries: defaultdict[int, list[Entry]] = defaultdict(list)
        for pk, measure, text, (version, shown) in self._typed():
            posted.touched.add(pk)
            texts[pk, measure.code] = text
            try:
                typed, _notice = read_cell(Cell(text), measure)
            except (CellFault, DomainError) as fault:
                posted.answers[pk, measure.code] = Answer(text, str(fault))
                continue
            if typed != shown:
                entries[pk].append(Entry(measure.code, typed, version))
        saved, refusals = save_what_holds(
            entries,
            by=by,
            channel=ValueChange.Channel.GRID,
            late_reasons=dict.fromkeys(entries, self.data.get("late_reason", "")),
        )
        posted.values = saved.values
        for refusal in refusals:
            pk, error = refusal.assessment_id, refusal.error
            theirs = error.theirs if isinstance(error, ValueConflict) else None
            for code in [refusal.code] if refusal.code else [item.code for item in entries[pk]]:
                posted.answers[pk, code] = Answer(texts[pk, code], str(error), theirs)
        return posted

    def kept(self) -> Answers:
        """Return what was typed as not saved: texts that say another thing than they were."""
        language = self.data.get(TYPED_IN)
        answers: Answers = {}
        for pk, measure, text, (_version, shown) in self._typed():
            with override(language or get_language()):
                was = cell_text(measure.kind, shown)
            if text != was:
                mine = rewritten(text, language) if language else text
                answers[pk, measure.code] = Answer(mine, _("Not saved yet."))
        return answers

    def _typed(self) -> Iterator[tuple[int, Measure, str, Stamp]]:
        """Yield assessment, measure, text and stamp of every cell that came with the form."""
        stamps = self._stamps
        kept = set(self.data.getlist("keep"))
        for name, text in self.data.items():
            parts = name.split("-")
            if name in kept or len(parts) != FIELD_PARTS or parts[0] != "v":
                continue
            pk, index = _whole(parts[1]), _whole(parts[2])
            row = stamps.get(pk)
            if row is None or not 0 <= index < min(len(row), len(self.measures)):
                continue
            try:
                seen = unstamp(row[index])
            except (ValueError, ArithmeticError):  # nothing that this portal has given out
                continue
            yield pk, self.measures[index], str(text).strip(), seen

    @property
    def _stamps(self) -> Mapping[int, list[str]]:
        return {
            _whole(name[2:]): str(text).split("|")
            for name, text in self.data.items()
            if name.startswith("s-")
        }


def _whole(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if is_number else -1
