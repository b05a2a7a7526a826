"""Rows that the roll-up counts, in few words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cooperatives.models import Cooperative, YearlyReturn
from criteria.assessment import rejudge
from criteria.models import Assessment, CriteriaSet, Measure, ReportingRound
from ocop.models import Certificate, Producer, Product
from programme.models import Summary
from tests.factories import (
    AssessmentFactory,
    CriteriaSetFactory,
    CriterionFactory,
    MeasureFactory,
    ThresholdFactory,
    UserFactory,
    ValueFactory,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from communes.models import AdministrativeUnit

MET, NOT_MET = Decimal(90), Decimal(10)


def set_of(criteria: int) -> CriteriaSet:
    """A set of so many criteria, each met by 80 or more."""
    made = CriteriaSetFactory(indicators_total=criteria)
    for _ in range(criteria):
        criterion = CriterionFactory(criteria_set=made)
        ThresholdFactory(measure=MeasureFactory(criterion=criterion), value=Decimal(80))
    return made


def assess(
    unit: AdministrativeUnit,
    round_: ReportingRound,
    *numbers: Decimal | None,
    verified: Sequence[Decimal | None] | None = None,
    **fields: Any,
) -> Assessment:
    """Type numbers for the measures of the set, in order, and judge them."""
    criteria_set = fields.pop("criteria_set", None) or CriteriaSet.objects.get(code="invented")
    item = AssessmentFactory(unit=unit, round=round_, criteria_set=criteria_set, **fields)
    measures = Measure.objects.filter(indicator__criterion__criteria_set=criteria_set)
    for place, measure in enumerate(measures.order_by("position")[: len(numbers)]):
        ValueFactory(
            assessment=item,
            measure=measure,
            number=numbers[place],
            verified_number=verified[place] if verified else None,
        )
    if verified:
        item.verified_at = timezone.now()
        item.save()
    rejudge([item.pk], bases=["reported", "verified"] if verified else ["reported"])
    return item


def product(commune: AdministrativeUnit, *stars: int, **fields: Any) -> Product:
    """A product with a certificate for each number of stars."""
    made = Product.objects.create(
        name="Măng khô", producer=producer(commune), commune=commune, group=Product.Group.FOOD
    )
    period = {"valid_from": date(2020, 1, 1), "valid_to": date(2022, 12, 31)}
    for number in stars:
        Certificate.objects.create(
            product=made,
            stars=number,
            decided_by_level="province",
            decision_number=f"{made.pk}-{number}",
            recorded_by=UserFactory(),
            **(period | fields),
        )
    return made


def producer(
    commune: AdministrativeUnit, kind: str = "household", joined: date = date(2020, 3, 1)
) -> Producer:
    return Producer.objects.create(name="Cơ sở", kind=kind, commune=commune, joined_on=joined)


def cooperative(
    commune: AdministrativeUnit, effective: dict[int, bool] | None = None, **fields: Any
) -> Cooperative:
    """A cooperative with a return for each year, effective or not."""
    made = Cooperative.objects.create(
        name="HTX",
        commune=commune,
        registered_under="Luật HTX 2012",
        **({"registered_on": date(2015, 1, 1)} | fields),
    )
    for year, is_effective in (effective or {}).items():
        YearlyReturn.objects.create(
            status="verified",
            cooperative=made,
            year=year,
            rating="good" if is_effective else "weak",
            rule_code="thử",
            is_effective=is_effective,
            recorded_by=UserFactory(),
        )
    return made


def counted(
    unit: AdministrativeUnit, round_: ReportingRound, *counters: str, basis: str = "reported"
) -> tuple[int, ...]:
    """What the stored summary says of these counters."""
    row = Summary.objects.values_list(*counters).get(unit=unit, round=round_, basis=basis)
    return tuple(row)
