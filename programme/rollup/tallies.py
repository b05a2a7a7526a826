"""How many communes below a unit stand where on each criterion."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db.models import Count

from criteria.models import CriteriaSet, CriterionVerdict

if TYPE_CHECKING:
    from criteria.models import ReportingRound
    from programme.rollup.places import Places

    # By unit: how many, by basis, criterion and verdict.
    Tallies = dict[int, Counter[tuple[str, int, str]]]


def own_tallies(round_: ReportingRound, places: Places) -> Tallies:
    """Return what each unit counts of the communes right below it; one query."""
    own: Tallies = {pk: Counter() for pk in places.parents}
    rows = CriterionVerdict.objects.filter(
        outcome__assessment__round=round_,
        outcome__assessment__criteria_set__standard=CriteriaSet.Standard.NTM,
        outcome__assessment__unit__in=places.children().in_programme().values("pk"),
    )
    keys = ("outcome__assessment__unit__parent__code", "outcome__basis", "criterion", "verdict")
    for code, basis, criterion_id, verdict, number in (
        rows.values_list(*keys).annotate(Count("pk")).order_by()
    ):
        if (pk := places.by_code.get(code)) in own:
            own[pk][basis, criterion_id, verdict] += number
    return own
