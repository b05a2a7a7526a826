"""Kept values beside what stands now: what is new, what somebody else changed, what cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from criteria.models import Assessment, IndicatorValue, Measure
from criteria.presentation.wording import number_text, unit_text
from criteria.services.checks import check_typing
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.numbers import NumberNotUnderstood

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from criteria.rescue_forms import KeptValue
    from ntm_portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class KeptLine:
    """One kept value; `sentence` says why it cannot be saved, empty where it can."""

    kept: KeptValue
    assessment: Assessment | None = None
    measure: Measure | None = None
    standing: IndicatorValue | None = None
    sentence: str = ""

    @property
    def version(self) -> str:
        """Return the version that stands, which her choice is made over."""
        return str(self.standing.version) if self.standing else ""

    @property
    def mine(self) -> str:
        """Return what she typed, as it is read."""
        if self.measure is None or self.sentence:
            return self.kept.text
        return number_text(self.measure.kind, self.kept.typed)

    @property
    def theirs(self) -> str:
        """Return what stands, as it is read."""
        if self.measure is None:
            return ""
        return number_text(self.measure.kind, self.standing.typed if self.standing else None)

    @property
    def unit(self) -> str:
        """Return the unit of the measure."""
        return unit_text(self.measure) if self.measure else ""

    @property
    def is_saved(self) -> bool:
        """Tell whether it says what stands already."""
        typed = self.standing.typed if self.standing else None
        return not self.sentence and typed == self.kept.typed

    @property
    def is_conflict(self) -> bool:
        """Tell whether somebody changed the value after she saw it."""
        seen = self.standing.version if self.standing else None
        return not (self.sentence or self.is_saved) and seen != self.kept.seen


def lines_of(
    values: Sequence[KeptValue], reader: User, refused: Mapping[str, str]
) -> tuple[KeptLine, ...]:
    """Return a line for each value; three queries. What was `refused` by key has its sentence."""
    ids = {item.assessment_id for item in values}
    hers = Assessment.objects.within(reader.scope.read).for_page().in_bulk(ids)
    codes = {item.code for item in values}
    standing = {
        (value.assessment_id, value.measure.code): value
        for value in IndicatorValue.objects.filter(
            assessment__in=hers, measure__code__in=codes
        ).select_related("measure", "updated_by")
    }
    measures = _measures({item.criteria_set_id for item in hers.values()}, codes)
    lines = []
    for item in values:
        assessment = hers.get(item.assessment_id)
        measure = _asked(assessment, item.code, measures)
        if assessment is None or measure is None:
            sentence = _("There is no such value within your area.")
            lines.append(KeptLine(item, sentence=sentence))
            continue
        value = standing.get((item.assessment_id, item.code))
        sentence = refused.get(item.key, "") or _objection(assessment, item, reader)
        lines.append(KeptLine(item, assessment, measure, value, sentence))
    return tuple(lines)


def _measures(set_ids: Iterable[int], codes: Iterable[str]) -> list[Measure]:
    found = Measure.objects.filter(indicator__criterion__criteria_set__in=set_ids, code__in=codes)
    return list(found.select_related("indicator__criterion"))


def _asked(assessment: Assessment | None, code: str, measures: list[Measure]) -> Measure | None:
    """Return the measure of this code as it is asked for in the round of the assessment."""
    if assessment is None:
        return None
    day = assessment.round.reference_date
    return next(
        (
            measure
            for measure in measures
            if measure.code == code
            and measure.indicator.criterion.criteria_set_id == assessment.criteria_set_id
            and (measure.valid_from is None or measure.valid_from <= day)
            and (measure.valid_to is None or measure.valid_to >= day)
        ),
        None,
    )


def _objection(assessment: Assessment, item: KeptValue, reader: User) -> str:
    try:
        check_typing(assessment, reader)
        item.typed  # noqa: B018  (reading it raises the sentence)
    except (DomainError, NumberNotUnderstood) as refusal:
        return str(refusal)
    return ""
