"""So many rows of every list of the API, by its name, with all that hangs on each of them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from communes.changes import Changed, record_changes
from communes.models import Designation, Succession
from criteria.models import CriteriaSet, CriterionVerdict, IndicatorValue, Measure, Outcome
from ntm_portal.jobs.models import Job
from ocop.models import ChainContract, ValueChain
from programme.models import CriterionTally, PublishedFigure, Summary, Target
from tests.factories import (
    AssessmentFactory,
    CriteriaSetFactory,
    CriterionFactory,
    MeasureFactory,
    RecognitionFactory,
    RoundFactory,
    ThresholdFactory,
    UnitFactory,
    UserFactory,
)
from tests.ledger import numbered
from tests.programme.rows import cooperative, producer, product

if TYPE_CHECKING:
    from collections.abc import Sequence

    from communes.models import AdministrativeUnit
    from criteria.models import ReportingRound
    from ntm_portal.accounts.models import User

DAY = date(2020, 12, 31)
BASES = ("reported", "verified")


def make(many: int, owner: User) -> None:
    """Put so many rows at every list, and their product where a row is of two of them."""
    units = [UnitFactory() for _ in range(many)]
    rounds = [_round(place) for place in range(many)]
    for place, unit in enumerate(units):
        _facts(place, unit)
        _registers(unit)
        _of_the_reader(owner)
    _law(many)
    _figures(units, rounds)
    with transaction.atomic():
        record_changes("unit", [Changed(unit.code, unit.path) for unit in units])
    numbered()


def _round(place: int) -> ReportingRound:
    day = DAY - timedelta(days=place)
    return RoundFactory(
        code=f"invented-{day}", reference_date=day, opens_on=day, due_on=day + timedelta(days=9)
    )


def _facts(place: int, unit: AdministrativeUnit) -> None:
    RecognitionFactory(unit=unit)
    Designation.objects.create(unit=unit, kind="poor", valid_from=date(2016, 1, 1))
    former = UnitFactory(valid_to=date(2019, 12, 31))
    Succession.objects.create(
        predecessor=former, successor=unit, kind="merge", effective_date=date(2020, 1, 1)
    )
    Target.objects.create(
        code=f"target-{unit.code}",
        metric="communes_certified_share",
        comparator=">=",
        value=60,
        due_on=DAY,
        unit_code=unit.code,
    )
    PublishedFigure.objects.create(
        day=DAY, figure="invented", unit_code=unit.code, value=1, certainty="read"
    )


def _registers(unit: AdministrativeUnit) -> None:
    chain = ValueChain.objects.create(name="Chuỗi", lead_unit=unit, started_on=date(2019, 1, 1))
    chain.products.add(product(unit, 3, 4))
    chain.producers.add(producer(unit))
    chain.cooperatives.add(cooperative(unit, {2019: True}))
    chain.communes.add(unit)
    ChainContract.objects.create(
        chain=chain, year=2019, number=1, value_million_vnd=1, recorded_by=UserFactory()
    )


def _of_the_reader(owner: User) -> None:
    token = owner.api_tokens.get()
    now = timezone.now()
    Job.objects.create(
        owner=owner, token=token, kind="values-push", state="done", asked_at=now, finished_at=now
    )


def _law(many: int) -> None:
    for _ in range(many):
        made = CriteriaSetFactory(code=f"invented-{CriteriaSet.objects.count()}")
        measure = MeasureFactory(criterion=CriterionFactory(criteria_set=made))
        ThresholdFactory(measure=measure)
        ThresholdFactory()  # of a measure in the one set that all of these share


def _figures(units: Sequence[AdministrativeUnit], rounds: Sequence[ReportingRound]) -> None:
    """Put a row of figures for every unit in every round, or for every criterion."""
    now = timezone.now()
    measures = list(Measure.objects.select_related("indicator__criterion"))
    where: list[dict[str, Any]] = [
        {"unit": unit, "round": round_, "basis": basis}
        for unit in units
        for round_ in rounds
        for basis in BASES
    ]
    Summary.objects.bulk_create(Summary(**each, computed_at=now) for each in where)
    for unit in units:
        judged = AssessmentFactory(unit=unit, round=rounds[0])
        outcomes = [Outcome.objects.create(assessment=judged, basis=basis) for basis in BASES]
        criteria = [measure.indicator.criterion for measure in measures]
        CriterionVerdict.objects.bulk_create(
            CriterionVerdict(outcome=outcome, criterion=criterion, verdict="met")
            for outcome in outcomes
            for criterion in criteria
        )
        IndicatorValue.objects.bulk_create(
            IndicatorValue(assessment=judged, measure=each, number=Decimal(90), updated_at=now)
            for each in measures
        )
        CriterionTally.objects.bulk_create(
            CriterionTally(unit=unit, round=rounds[0], basis=basis, criterion=criterion)
            for basis in BASES
            for criterion in criteria
        )
