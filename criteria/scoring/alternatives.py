"""Parts of an indicator that depend on a fact nobody stated: what is typed states it.

Criterion 5 of 2021–2025 asks one share of schools where a commune has more than three, another
where it has three or fewer. Whoever types the one says thereby that the other is not asked.
Whoever types both contradicts herself: unless both come to the same, the verdict is open.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from criteria.scoring.judgements import Judgement, Reason
from criteria.scoring.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from criteria.scoring.comparing import Step

# What it takes to say that the condition of a part holds: a number, judged or not.
STATED = {Verdict.MET, Verdict.NOT_MET, Verdict.UNDETERMINED}


def settle(steps: Sequence[Step], judged: Mapping[int, Judgement]) -> Iterator[Judgement]:
    """Yield the judgements on the parts of one indicator, each in the light of the others."""
    stated = [step for step in steps if judged[step.measure_id].verdict in STATED]
    contradicted = {
        step.measure_id
        for pair in combinations(stated, 2)
        if _exclude(*pair) and len({judged[step.measure_id].verdict for step in pair}) > 1
        for step in pair
    }
    for step in steps:
        found = judged[step.measure_id]
        if step.measure_id in contradicted:
            yield Judgement(Verdict.UNDETERMINED, found.rule, reason=Reason.FACT_UNKNOWN)
        elif found is step.missing and any(_exclude(step, other) for other in stated):
            yield Judgement(Verdict.NOT_APPLICABLE, found.rule, reason=Reason.DOES_NOT_APPLY)
        else:
            yield found


def _exclude(one: Step, other: Step) -> bool:
    return bool(
        one.open_condition
        and other.open_condition
        and one.open_condition.excludes(other.open_condition)
    )
