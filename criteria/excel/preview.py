"""What a workbook would change, before anything is: cells, verdicts, and who was faster."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from criteria.assessment.foreseeing_values import foresee_values
from criteria.models import IndicatorValue
from criteria.presentation.wording import number_text, unit_text
from criteria.services.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from criteria.assessment.foreseeing import Change
    from criteria.models import Assessment, Measure
    from criteria.scoring.judgements import Judgement
    from criteria.services.changing import Entry

MOST_SHOWN = 1000


@dataclass(frozen=True, slots=True)
class CellChange:
    """One value as it stands and as it would be, each with its verdict."""

    assessment: Assessment
    measure: Measure
    old: str
    new: str
    before: Judgement
    after: Judgement
    theirs: IndicatorValue | None = None

    @property
    def name(self) -> str:
        """Return the name of the choice that a conflict asks for."""
        return f"choice-{self.assessment.pk}-{self.measure.code}"

    @property
    def unit(self) -> str:
        """Return the unit of the measure."""
        return unit_text(self.measure)

    @property
    def turns(self) -> bool:
        """Tell whether the verdict becomes another."""
        return self.before.verdict is not self.after.verdict


@dataclass(frozen=True, slots=True)
class CriterionTurn:
    """A criterion, and in how many communes its verdict would change which way."""

    code: str
    gained: int
    lost: int
    otherwise: int


@dataclass(frozen=True, slots=True)
class Preview:
    """The cells that change, those somebody changed meanwhile, and what comes of it."""

    cells: tuple[CellChange, ...]
    conflicts: tuple[CellChange, ...]
    turns: tuple[CriterionTurn, ...]
    communes: int

    @property
    def shown(self) -> tuple[CellChange, ...]:
        """Return as many as a page can show."""
        return self.cells[:MOST_SHOWN]

    @property
    def hidden(self) -> int:
        """Return how many more there are."""
        return max(len(self.cells) - MOST_SHOWN, 0)


def preview_of(
    assessments: Iterable[Assessment],
    measures: Sequence[Measure],
    entries: Mapping[int, Sequence[Entry]],
) -> Preview:
    """Work out what the entries change as things stand now; the queries do not grow with them."""
    found = [item for item in assessments if item.pk in entries]
    by_code = {measure.code: measure for measure in measures}
    standing = _standing(found)
    wanted = {
        item.pk: [entry for entry in entries[item.pk] if _says_new(entry, item, standing, by_code)]
        for item in found
    }
    typed = {
        pk: {by_code[entry.code].pk: entry.typed for entry in news} for pk, news in wanted.items()
    }
    touched = [item for item in found if wanted[item.pk]]
    foreseen = foresee_values(touched, typed)
    cells: list[CellChange] = []
    conflicts: list[CellChange] = []
    for item in touched:
        for entry in wanted[item.pk]:
            measure = by_code[entry.code]
            value = standing.get((item.pk, measure.pk))
            is_conflict = value is not None and value.version != entry.seen_version
            cell = CellChange(
                assessment=item,
                measure=measure,
                old=number_text(measure.kind, value.typed if value else None),
                new=number_text(measure.kind, entry.typed),
                before=foreseen.before[item.pk].measures[measure.pk],
                after=foreseen.after[item.pk].measures[measure.pk],
                theirs=value if is_conflict else None,
            )
            (conflicts if is_conflict else cells).append(cell)
    turns = _turns(foreseen.effects.changes)
    return Preview(tuple(cells), tuple(conflicts), turns, len(touched))


def _says_new(
    entry: Entry,
    item: Assessment,
    standing: Mapping[tuple[int, int], IndicatorValue],
    measures: Mapping[str, Measure],
) -> bool:
    if entry.code not in measures:
        return False
    value = standing.get((item.pk, measures[entry.code].pk))
    return plain(entry.typed) != plain(value.typed if value else None)


def _standing(assessments: Iterable[Assessment]) -> dict[tuple[int, int], IndicatorValue]:
    values = IndicatorValue.objects.filter(assessment__in=[item.pk for item in assessments])
    return {
        (value.assessment_id, value.measure_id): value
        for value in values.select_related("updated_by")
    }


def _turns(changes: Iterable[Change]) -> tuple[CriterionTurn, ...]:
    by_code: defaultdict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_code[change.criterion_code].append(change)
    return tuple(
        CriterionTurn(
            code,
            sum(1 for item in found if item.is_gain),
            sum(1 for item in found if item.is_loss),
            sum(1 for item in found if not (item.is_gain or item.is_loss)),
        )
        for code, found in sorted(by_code.items(), key=lambda pair: _in_order(pair[0]))
    )


def _in_order(code: str) -> tuple[int, str]:
    return (int(code), "") if code.isdigit() else (10_000, code)
