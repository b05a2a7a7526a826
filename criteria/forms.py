"""What is posted from the page of an assessment: read in the reader's form, saved, given back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from criteria.models import Measure, ValueChange
from criteria.scoring.verdicts import NOT_ASSESSED, Typed
from criteria.services import Entry, ValueConflict, save_values
from ntm_portal.accounts.kept import TYPED_IN
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.numbers import NumberNotUnderstood, parse_decimal, rewritten

if TYPE_CHECKING:
    from django.http import QueryDict

    from criteria.services.judged import Judged
    from ntm_portal.accounts.models import User

ALL = "all"
Kind = Measure.Kind


@dataclass(frozen=True, slots=True)
class Answer:
    """A text typed for a measure that is not saved, and the sentence why."""

    code: str
    text: str
    seen: str = ""
    sentence: str = ""
    conflict: ValueConflict | None = None


@dataclass(slots=True)
class Outcome:
    """How many values a form saved, what it could not save, and what refused the whole of it."""

    saved: list[str] = field(default_factory=list)
    confirmed: int = 0
    unsaved: dict[str, Answer] = field(default_factory=dict)
    refusal: DomainError | None = None
    judged: Judged | None = None  # how all stands, once something could be saved

    @property
    def holds(self) -> bool:
        """Tell whether nothing that was typed remains unsaved."""
        return not (self.unsaved or self.refusal)


class ValuesForm:
    """The values of an assessment as posted, without a script all at once, else one by one.

    `value-CODE` is the text, `was-CODE` the text before (the same: untouched), `seen-CODE` the
    version she saw. The text "na" leaves the indicator out; it stands last, so it prevails over
    a number beside it. `confirm` takes a carried value (or all) as it stands; `keep` leaves what
    somebody else saved; `mine`, a code with a version, saves hers over it.
    """

    def __init__(self, data: QueryDict) -> None:
        self.data = data
        self.language = data.get(TYPED_IN)  # another than the page's, after a switch
        self.late_reason = data.get("late_reason", "")
        self.confirms_all = ALL in data.getlist("confirm")
        forced = {*data.getlist("confirm"), *self._mine}
        codes = [name.removeprefix("value-") for name in data if name.startswith("value-")]
        self.typed = {
            code: data.get(f"value-{code}", "")
            for code in codes
            if code not in data.getlist("keep") and (code in forced or self._is_touched(code))
        }

    def kept(self) -> dict[str, Answer]:
        """Return everything typed as not saved."""
        return {code: self._answer(code) for code in self.typed}

    def save(
        self, assessment_id: int, *, by: User, channel: str = ValueChange.Channel.FORM
    ) -> Outcome:
        """Save what can be saved; what cannot comes back as it was typed, with its sentence."""
        outcome = Outcome()
        entries = [entry for code in self.typed if (entry := self._read(code, outcome))]
        try:
            self._write(assessment_id, entries, outcome, by, channel)
        except DomainError as refusal:
            outcome.refusal = refusal
            outcome.unsaved = self.kept() | outcome.unsaved
        return outcome

    def _write(
        self, assessment_id: int, entries: list[Entry], outcome: Outcome, by: User, channel: str
    ) -> None:
        if not (self.typed or self.confirms_all):
            return
        saved = save_values(
            assessment_id,
            entries,
            by=by,
            channel=channel,
            confirms_carried=self.confirms_all,
            late_reason=self.late_reason,
        )
        outcome.judged, outcome.confirmed = saved.judged, saved.confirmed
        for code in outcome.unsaved:
            if (measure := saved.judged.measures.get(code)) and measure.kind == Kind.YES_NO:
                outcome.unsaved[code] = self._answer(code, _("Choose yes or no."))
        outcome.saved = [code for code in self.typed if code in saved.accepted]
        for code, error in saved.refused.items():
            conflict = error if isinstance(error, ValueConflict) else None
            outcome.unsaved[code] = self._answer(code, str(error), conflict)

    def _read(self, code: str, outcome: Outcome) -> Entry | None:
        try:
            typed = _typed(self.typed[code].strip())
        except NumberNotUnderstood as error:
            outcome.unsaved[code] = self._answer(code, str(error))
            return None
        seen = _whole(self.data.get(f"seen-{code}", ""))
        return Entry(code, typed, self._mine.get(code, seen))

    def _answer(
        self, code: str, sentence: str = "", conflict: ValueConflict | None = None
    ) -> Answer:
        seen = self.data.get(f"seen-{code}", "")
        text = rewritten(self.typed[code], self.language) if self.language else self.typed[code]
        return Answer(code, text, seen, sentence, conflict)

    def _is_touched(self, code: str) -> bool:
        text = self.data.get(f"value-{code}", "")
        return text.strip() != self.data.get(f"was-{code}", "").strip()

    @property
    def _mine(self) -> dict[str, int | None]:
        chosen = [text.partition(":") for text in self.data.getlist("mine")]
        return {code: _whole(version) for code, _colon, version in chosen}


def _typed(text: str) -> Typed:
    """Read a number; of a yes or no, 1 and 0."""
    if text == NOT_ASSESSED.value:
        return NOT_ASSESSED
    return parse_decimal(text) if text else None


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None
