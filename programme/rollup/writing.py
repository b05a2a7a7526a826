"""Writes what was added up over what stood there."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from communes.models import AdministrativeUnit
from criteria.models import Assessment, CriteriaSet, Criterion
from criteria.models.assessments import Basis, VerdictChoice
from programme.models import CriterionTally, Summary
from programme.rollup.counters import COUNTERS

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from criteria.models import ReportingRound
    from programme.rollup.counters import Totals
    from programme.rollup.tallies import Tallies

BATCH = 1_000


def write_summaries(totals: Totals, round_: ReportingRound, at: datetime) -> None:
    """Write one row for each unit and basis."""
    Summary.objects.bulk_create(
        [
            Summary(
                unit_id=pk,
                round=round_,
                basis=basis,
                computed_at=at,
                **{counter: counted[basis, counter] for counter in COUNTERS},
            )
            for pk, counted in totals.items()
            for basis in Basis
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["unit", "round", "basis"],
        update_fields=[*COUNTERS, "computed_at"],
    )


def write_tallies(totals: Tallies, round_: ReportingRound) -> None:
    """Write one row for each unit, basis and criterion of the round, counted or not."""
    sets = CriteriaSet.objects.filter(
        pk__in=Assessment.objects.filter(round=round_).order_by().values("criteria_set"),
        standard=CriteriaSet.Standard.NTM,
        level=AdministrativeUnit.Level.COMMUNE,
    )
    criteria = Criterion.objects.filter(criteria_set__in=sets.order_by().values("pk"))
    keys = list(product(Basis, criteria.values_list("pk", flat=True)))
    CriterionTally.objects.bulk_create(
        [
            CriterionTally(
                unit_id=pk,
                round=round_,
                basis=basis,
                criterion_id=criterion_id,
                **{verdict: counted[basis, criterion_id, verdict] for verdict in VerdictChoice},
            )
            for pk, counted in totals.items()
            for basis, criterion_id in keys
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["unit", "round", "basis", "criterion"],
        update_fields=VerdictChoice.values,
    )


def remove_strangers(round_: ReportingRound, unit_ids: Collection[int] | None = None) -> None:
    """Remove figures of units that are not on the map of the round's day, of all or of these."""
    on_map = AdministrativeUnit.objects.on(round_.reference_date).order_by().values("pk")
    for model in (Summary, CriterionTally):
        rows = model.objects.filter(round=round_).exclude(unit__in=on_map)
        (rows if unit_ids is None else rows.filter(unit__in=unit_ids)).delete()
