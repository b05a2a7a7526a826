"""What one commune typed in one round: its assessment, criterion by criterion, value by value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import get_language

from criteria.models import (
    Assessment,
    CriteriaSet,
    Criterion,
    CriterionVerdict,
    IndicatorValue,
    Measure,
    Outcome,
)
from criteria.models.assessments import Basis, VerdictChoice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from criteria.models import ReportingRound


@dataclass(frozen=True, slots=True)
class Typed:
    """A measure and what was typed for it, if anything was."""

    measure: Measure
    value: IndicatorValue | None

    @property
    def verdict(self) -> str:
        """Return the verdict on it; what was never typed is missing."""
        return self.value.verdict if self.value else VerdictChoice.MISSING

    @property
    def unit(self) -> str:
        """Return the unit of the value in the reader's language."""
        is_english = get_language() == "en"
        return (is_english and self.measure.unit_en) or self.measure.unit

    @property
    def was_verified_otherwise(self) -> bool:
        """Tell whether something else was verified than stands there now."""
        value = self.value
        return bool(value and value.verified is not None and value.verified != value.typed)


@dataclass(slots=True)
class JudgedCriterion:
    """A criterion with its verdicts, as reported and as verified, and what was typed for it."""

    criterion: Criterion
    reported: str
    verified: str
    typed: list[Typed] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        """Return the verdict as reported."""
        return self.reported


@dataclass(frozen=True, slots=True)
class AssessedCommune:
    """An assessment with its outcome on both bases and everything it rests on."""

    assessment: Assessment
    reported: Outcome
    verified: Outcome
    criteria: tuple[JudgedCriterion, ...]


def read(code: str, round_: ReportingRound | None) -> AssessedCommune | None:
    """Return what the commune of this code reported in the round, if it was asked to."""
    assessment = (
        Assessment.objects.filter(
            unit__code=code, round=round_, criteria_set__standard=CriteriaSet.Standard.NTM
        )
        .select_related("round", "submitted_by", "verified_by")
        .first()
    )
    if assessment is None:
        return None
    verdicts = list(
        CriterionVerdict.objects.filter(outcome__assessment=assessment).select_related("outcome")
    )
    by_basis = {row.outcome.basis: row.outcome for row in verdicts}
    return AssessedCommune(
        assessment=assessment,
        reported=by_basis.get(Basis.REPORTED, Outcome()),
        verified=by_basis.get(Basis.VERIFIED, Outcome()),
        criteria=tuple(_criteria(assessment, verdicts)),
    )


def _criteria(assessment: Assessment, judged: Iterable[CriterionVerdict]) -> list[JudgedCriterion]:
    verdicts = {(row.criterion_id, row.outcome.basis): row.verdict for row in judged}
    found: dict[int, JudgedCriterion] = {}
    for typed in _typed(assessment):
        criterion = typed.measure.indicator.criterion
        if criterion.pk not in found:
            found[criterion.pk] = JudgedCriterion(
                criterion=criterion,
                reported=verdicts.get((criterion.pk, Basis.REPORTED), VerdictChoice.MISSING),
                verified=verdicts.get((criterion.pk, Basis.VERIFIED), VerdictChoice.MISSING),
            )
        found[criterion.pk].typed.append(typed)
    return list(found.values())


def _typed(assessment: Assessment) -> list[Typed]:
    """Return the measures in force on the round's day, in the order of the law."""
    values = {
        value.measure_id: value
        for value in assessment.values.select_related("threshold", "updated_by")
    }
    day = assessment.round.reference_date
    measures = Measure.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=day),
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        indicator__criterion__criteria_set=assessment.criteria_set_id,
    ).select_related("indicator__criterion")
    return [
        Typed(measure, values.get(measure.pk))
        for measure in measures.order_by(
            "indicator__criterion__position", "indicator__position", "position"
        )
    ]
