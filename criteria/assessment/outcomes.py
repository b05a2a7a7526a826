"""Outcomes and criterion verdicts as rows, written over what stood there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from criteria.models import CriterionVerdict, Outcome
from criteria.scoring.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from criteria.scoring.judgements import SetJudgement
    from criteria.scoring.specs import SetSpec

BATCH = 500


def outcome_of(assessment_id: int, basis: str, judged: SetJudgement, spec: SetSpec) -> Outcome:
    """Return the row that sums up a judgement."""
    return Outcome(
        assessment_id=assessment_id,
        basis=basis,
        criteria_total=len(judged.criteria),
        criteria_met=judged.count(Verdict.MET),
        criteria_not_met=judged.count(Verdict.NOT_MET),
        criteria_missing=judged.count(Verdict.MISSING),
        criteria_undetermined=judged.count(Verdict.UNDETERMINED),
        measures_total=len(spec.measures),
        measures_typed=judged.measures_typed,
        meets_all=judged.meets_all,
        rests_on_unconfirmed=judged.rests_on_unconfirmed,
    )


def write_outcomes(judged: Mapping[tuple[int, str], SetJudgement], spec: SetSpec) -> None:
    """Write outcomes and criterion verdicts, by (assessment id, basis), over what stood there."""
    found = [outcome_of(*key, judgement, spec) for key, judgement in judged.items()]
    fields = [field.name for field in Outcome._meta.concrete_fields if not field.primary_key]
    Outcome.objects.bulk_create(
        found,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["assessment", "basis"],
        update_fields=[name for name in fields if name not in {"assessment", "basis"}],
    )
    keys = {(row.assessment_id, row.basis): row.pk for row in found}
    CriterionVerdict.objects.bulk_create(
        [
            CriterionVerdict(outcome_id=keys[key], criterion_id=criterion_id, verdict=verdict)
            for key, judgement in judged.items()
            for criterion_id, verdict in judgement.criteria.items()
        ],
        batch_size=BATCH * 4,
        update_conflicts=True,
        unique_fields=["outcome", "criterion"],
        update_fields=["verdict"],
    )
