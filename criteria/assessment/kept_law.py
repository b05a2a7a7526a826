"""The law a round is judged by: that of its day, and once it is over, as it stood when it closed.

What is confirmed, corrected or set by a province later never reaches a round that is over.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from criteria.assessment.specs import load_set, load_spec
from criteria.models import CriteriaSet, KeptLaw
from criteria.scoring import keeping

if TYPE_CHECKING:
    from criteria.assessment.specs import LoadedSet
    from criteria.models import ReportingRound
    from criteria.scoring.specs import SetSpec


def law_of(round_: ReportingRound, criteria_set: CriteriaSet) -> SetSpec:
    """Return the set as it judges, or judged, the round."""
    if not round_.is_open:
        kept = round_.kept_laws.filter(criteria_set=criteria_set).first()
        if kept is not None:
            return keeping.read(kept.law)
    return load_spec(criteria_set, round_.reference_date)


def loaded_law_of(round_: ReportingRound, criteria_set: CriteriaSet) -> LoadedSet:
    """Return the same with the rows of its measures: what was asked in a round is never erased."""
    loaded = load_set(criteria_set, round_.reference_date)
    return loaded if round_.is_open else replace(loaded, spec=law_of(round_, criteria_set))


def keep_law(round_: ReportingRound) -> None:
    """Write down the law by which a round that closes was judged; again, and it is the newer."""
    KeptLaw.objects.bulk_create(
        [
            KeptLaw(
                round=round_,
                criteria_set=item,
                law=keeping.written(load_spec(item, round_.reference_date)),
            )
            for item in CriteriaSet.objects.filter(assessments__round=round_).distinct()
        ],
        update_conflicts=True,
        unique_fields=["round", "criteria_set"],
        update_fields=["law"],
    )


def sets_amended_since(round_: ReportingRound) -> list[int]:
    """Return the ids of the sets whose law is another now than when the round closed."""
    kept = round_.kept_laws.select_related("criteria_set")
    return [
        item.criteria_set_id
        for item in kept
        if keeping.read(item.law) != load_spec(item.criteria_set, round_.reference_date)
    ]
