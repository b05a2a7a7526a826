"""The cells of a grid: what stands in each, how it is judged, and what could not be saved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from criteria.assessment.judge import Judge
from criteria.assessment.places import places_of
from criteria.models import IndicatorValue, Measure
from criteria.presentation.wording import number_text
from criteria.scoring.verdicts import NOT_ASSESSED
from criteria.services.plain import stamp
from ntm_portal.templatetags.portal import verdict_sign, verdict_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from criteria.models import Assessment
    from criteria.scoring.verdicts import Typed


@dataclass(frozen=True, slots=True)
class Answer:
    """A text that could not be saved, with the sentence why; in a conflict, what stands."""

    text: str
    sentence: str = ""
    theirs: IndicatorValue | None = None

    @property
    def is_conflict(self) -> bool:
        """Tell whether somebody else was faster."""
        return self.theirs is not None


class Standing(NamedTuple):
    """What stands for a measure, and how it is judged."""

    version: int
    typed: Typed
    is_carried: bool
    verdict: str
    is_late: bool = False


BLANK = Standing(0, None, is_carried=False, verdict="")


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: the name of its field, its text, and the state that its class says."""

    name: str
    text: str
    verdict: str
    is_carried: bool = False
    is_late: bool = False
    answer: Answer | None = None
    kind: str = Measure.Kind.AMOUNT
    is_read: bool = False

    @property
    def pk(self) -> str:
        """Return the assessment, as the name of the field says it."""
        return self.name.split("-")[1]

    @property
    def sign(self) -> str:
        """Return the sign of the verdict."""
        return verdict_sign(self.verdict) if self.verdict else ""

    @property
    def word(self) -> str:
        """Return the word of the verdict, and that it was entered late."""
        word = verdict_word(self.verdict) if self.verdict else _("nothing typed")
        return f"{word}, {_('entered late')}" if self.is_late else word

    @property
    def state(self) -> str:
        """Return the class that says what the cell is besides its verdict."""
        if self.answer:
            return "is-conflict" if self.answer.is_conflict else "is-refused"
        if self.is_late:
            return "is-late"
        return "is-carried" if self.is_carried else ""

    @property
    def theirs(self) -> str:
        """Return, in a conflict, what somebody else saved."""
        value = self.answer.theirs if self.answer else None
        return number_text(self.kind, value.typed) if value else ""


@dataclass(frozen=True)
class Cells:
    """The cells of some assessments and measures, loaded together."""

    measures: Sequence[Measure]
    standing: Mapping[tuple[int, int], Standing]
    answers: Mapping[tuple[int, str], Answer] = field(default_factory=dict)

    @classmethod
    def load(
        cls,
        assessments: Iterable[Assessment],
        measures: Sequence[Measure],
        answers: Mapping[tuple[int, str], Answer] | None = None,
        *,
        judged: Sequence[Assessment] | None = None,
    ) -> Cells:
        """Load what stands; where nothing does, what the law makes of that.

        With `judged` the law is asked for these alone, which are of one round.
        """
        found = list(assessments)
        nothing = _nothing_typed(found if judged is None else judged, measures)
        standing = nothing | _typed(found, measures)
        return cls(measures, standing, answers or {})

    def row(self, assessment: Assessment) -> tuple[GridCell, ...]:
        """Return the cells of an assessment, in the order of the measures."""
        return tuple(
            self._cell(assessment.pk, index, measure) for index, measure in enumerate(self.measures)
        )

    def stamps(self, assessment: Assessment) -> str:
        """Return what stood in the row when it was shown, and in which versions."""
        found = (self.standing.get((assessment.pk, measure.pk), BLANK) for measure in self.measures)
        return "|".join(stamp(item.version, item.typed) for item in found)

    def _cell(self, pk: int, index: int, measure: Measure) -> GridCell:
        standing = self.standing.get((pk, measure.pk), BLANK)
        answer = self.answers.get((pk, measure.code))
        text = answer.text if answer else cell_text(measure.kind, standing.typed)
        return GridCell(
            name=f"v-{pk}-{index}",
            text=text,
            verdict=standing.verdict,
            is_carried=standing.is_carried,
            is_late=standing.is_late,
            answer=answer,
            kind=measure.kind,
        )


def cell_text(kind: str, typed: Typed) -> str:
    """Return what a field holds: words for answers, so that a block from Excel fits."""
    return "" if typed is None else number_text(kind, typed)


def _typed(
    assessments: Iterable[Assessment], measures: Iterable[Measure]
) -> dict[tuple[int, int], Standing]:
    values = IndicatorValue.objects.filter(
        assessment__in=[item.pk for item in assessments],
        measure__in=[measure.pk for measure in measures],
    ).order_by()
    found = values.values_list(
        *("assessment", "measure"),
        *("version", "number", "is_not_assessed", "is_carried", "verdict", "late"),
    )
    return {(pk, measure): _standing(*row) for pk, measure, *row in found}


def _standing(
    version: int,
    number: Decimal | None,
    is_left_out: bool,  # noqa: FBT001  (a column, as they come)
    is_carried: bool,  # noqa: FBT001
    verdict: str,
    late: int | None,
) -> Standing:
    typed = NOT_ASSESSED if is_left_out else number
    return Standing(version, typed, is_carried, verdict, is_late=late is not None)


def _nothing_typed(
    assessments: Sequence[Assessment], measures: Sequence[Measure]
) -> dict[tuple[int, int], Standing]:
    """Return what the law says of communes for which nothing is typed: missing, or not asked."""
    if not assessments:
        return {}
    first = assessments[0]
    judge = Judge.in_round(first.round, first.criteria_set)
    places = places_of([item.unit for item in assessments], first.round.reference_date)
    empty = {place: judge.judge({}, place).measures for place in set(places.values())}
    return {
        (item.pk, measure.pk): Standing(0, None, is_carried=False, verdict=found.verdict)
        for item in assessments
        for measure in measures
        if (found := empty[places[item.unit_id]].get(measure.pk))
    }
