"""One measure on the page of an assessment: what is asked, typed, judged and known of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from criteria.models import Measure
from criteria.presentation.because import because_text
from criteria.presentation.series import Series, series_of
from criteria.presentation.wording import field_text, number_text, unit_text, verdict_text
from criteria.scoring.verdicts import NOT_ASSESSED

if TYPE_CHECKING:
    from criteria.forms import Answer
    from criteria.models import IndicatorValue
    from criteria.presentation.levels import Level
    from criteria.scoring.judging import Judgement
    from criteria.scoring.specs import RegionOverride
    from criteria.scoring.verdicts import Typed, Verdict

LONGEST_UNIT_BESIDE_FIELD = 8
EXAMPLE, WHOLE_EXAMPLE = Decimal("61.5"), Decimal(12)


@dataclass(frozen=True, slots=True)
class Past:
    """What the unit reported in an earlier round."""

    round_code: str
    typed: Typed
    text: str
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """What a reviewer compares a value with: what was last verified, if anything was."""

    typed: Typed
    text: str
    is_newly_backed: bool  # files or notes since then


@dataclass(frozen=True)
class ValueRow:
    """A measure with the value that stands, and the answer that could not be saved if any."""

    measure: Measure
    value: IndicatorValue | None
    judgement: Judgement
    levels: tuple[Level, ...]
    round_code: str = ""
    past: tuple[Past, ...] = ()
    answer: Answer | None = None
    override: RegionOverride | None = None
    behind: int = 0  # files and notes
    compared: Compared | None = None  # only for who reviews
    warnings: tuple[str, ...] = ()  # what is odd about it

    @property
    def is_moved(self) -> bool:
        """Tell whether it is judged by the level of another region than the commune's own."""
        rule, moved = self.level.rule, self.override
        return bool(rule and moved and rule.region_code == moved.region_code)

    @property
    def code(self) -> str:
        """Return the code, which names the fields of the form."""
        return self.measure.code

    @property
    def field_id(self) -> str:
        """Return the id of the field, without dots: htmx looks preserved elements up by them."""
        return f"value-{self.code.replace('.', '-')}"

    @property
    def is_yes_no(self) -> bool:
        """Tell whether it is answered by choosing."""
        return self.measure.kind == Measure.Kind.YES_NO

    @property
    def typed(self) -> Typed:
        """Return what stands: a number, that it is left out, or nothing."""
        return self.value.typed if self.value else None

    @property
    def number(self) -> Decimal | None:
        """Return the number that stands."""
        return self.value.number if self.value else None

    @property
    def is_left_out(self) -> bool:
        """Tell whether it is stated that the indicator is not assessed."""
        return self.typed is NOT_ASSESSED

    @property
    def leaves_out(self) -> bool:
        """Tell whether the field is to hold that it is not assessed."""
        return self.text == NOT_ASSESSED.value

    @property
    def may_be_left_out(self) -> bool:
        """Tell whether the law lets it be left out."""
        return bool(self.measure.not_assessed_when)

    @cached_property
    def was(self) -> str:
        """Return what the field held when it was shown."""
        return field_text(self.measure.kind, self.typed)

    @property
    def text(self) -> str:
        """Return what the field holds: first of all what was typed and is not saved."""
        return self.answer.text if self.answer else self.was

    @property
    def seen(self) -> str:
        """Return the version she saw; it stays the old one until a conflict is settled."""
        if self.answer:
            return self.answer.seen
        return str(self.value.version) if self.value else ""

    @property
    def shown(self) -> str:
        """Return the number that stands, to be read."""
        return number_text(self.measure.kind, self.typed)

    @property
    def shown_with_unit(self) -> str:
        """Return the number that stands with its unit."""
        return self.shown if self.is_left_out else " ".join(filter(None, [self.shown, self.unit]))

    @property
    def unit(self) -> str:
        """Return the unit in the reader's language."""
        return unit_text(self.measure)

    @property
    def unit_fits(self) -> bool:
        """Tell whether the unit is short enough to stand beside the field."""
        return len(self.unit) <= LONGEST_UNIT_BESIDE_FIELD

    @property
    def example(self) -> Decimal:
        """Return a number such as is asked for here."""
        return WHOLE_EXAMPLE if self.measure.kind == Measure.Kind.COUNT else EXAMPLE

    @property
    def level(self) -> Level:
        """Return the threshold that prevails, or the reason why there is none."""
        return next((level for level in self.levels if level.is_prevailing), self.levels[0])

    @property
    def verdict(self) -> Verdict:
        """Return the verdict on the number that stands."""
        return self.judgement.verdict

    @property
    def verdict_text(self) -> str:
        """Return by how much it is better or worse than asked."""
        return verdict_text(self.measure, self.judgement)

    @property
    def because(self) -> str:
        """Return why it has this verdict, and who owes what is missing."""
        return because_text(self.measure, self.judgement, self.level.origin)

    @property
    def last(self) -> Past | None:
        """Return the value of the round before."""
        return self.past[-1] if self.past else None

    @property
    def is_changed(self) -> bool:
        """Tell whether it is another number than in the round before, or a new one."""
        before = self.last.typed if self.last else None
        return self.typed is not None and self.typed != before

    @property
    def differs_from_verified(self) -> bool:
        """Tell whether another value stands than was last verified."""
        return bool(self.compared and self.typed != self.compared.typed)

    @property
    def is_to_review(self) -> bool:
        """Tell whether it is not what was last verified, or has files or notes since then."""
        return self.differs_from_verified or bool(self.compared and self.compared.is_newly_backed)

    @property
    def series(self) -> Series | None:
        """Return the line of its values up to this round; a yes or no draws none."""
        if self.is_yes_no:
            return None
        asked = self.level.rule.value if self.level.rule else None
        return series_of((*self.past, Past(self.round_code, self.typed, self.shown)), asked)

    @property
    def state(self) -> str:
        """Return the one word for how the field stands; the template has its sentence."""
        if self.answer:
            return ("conflict" if self.answer.conflict else "") or (
                "refused" if self.answer.sentence else "unsaved"
            )
        if self.typed is None:
            return "empty"
        return "carried" if self.value and self.value.is_carried else "saved"

    @property
    def is_emptied(self) -> bool:
        """Tell whether somebody took a number away, and did not leave the field untouched."""
        return self.state == "empty" and self.value is not None and not self.value.is_carried

    @property
    def theirs(self) -> str:
        """Return, in a conflict, the value somebody else saved."""
        conflict = self.answer.conflict if self.answer else None
        return number_text(self.measure.kind, conflict.theirs.typed) if conflict else ""

    @property
    def mine(self) -> str:
        """Return, in a conflict, the value she typed."""
        conflict = self.answer.conflict if self.answer else None
        return number_text(self.measure.kind, conflict.mine) if conflict else ""
