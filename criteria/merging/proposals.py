"""The proposal for each measure of a unit that was formed from others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from criteria.merging.rules import rules_of
from criteria.scoring.merging import Merging, Proposal, propose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from criteria.merging.formers import Former
    from criteria.models import Measure


def proposals_for(
    set_code: str, measures: Iterable[Measure], formers: Sequence[Former]
) -> Iterator[tuple[Measure, Proposal]]:
    """Yield each measure of a set and what is proposed for it."""
    rules = rules_of(set_code)
    for measure in measures:
        rule = rules.get(measure.code)
        merging = rule.merging if rule else Merging.ANEW
        parts = [former.part(measure.pk) for former in formers]
        yield measure, propose(merging, measure.comparator, parts)
