"""Rows that many sentences on recognition begin with."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from criteria.models import CriterionVerdict, Outcome
from criteria.services.recognition_checks import Decision
from tests.factories import (
    AssessmentFactory,
    CriteriaSetFactory,
    CriterionFactory,
    RoundFactory,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from communes.models import AdministrativeUnit
    from criteria.models import CriteriaSet

DAY = date(2020, 10, 1)


def decision(**changed: Any) -> Decision:
    """Return a decision on a commune to which nothing speaks; the rest as changed."""
    whole: dict[str, Any] = {
        "standard": "ntm",
        "standard_year": 2020,
        "number": "12/QĐ-UBND",
        "date": DAY,
        "authority_level": "province",
    }
    return Decision(**{**whole, **changed})


def criteria_set(unit: AdministrativeUnit, standard: str = "ntm") -> CriteriaSet:
    """Return the set that judges such a unit."""
    code = f"invented-{unit.level}-{standard}"
    return CriteriaSetFactory(code=code, level=unit.level, standard=standard)


def outcome(
    unit: AdministrativeUnit,
    *,
    failed: Sequence[str] = (),
    total: int = 10,
    basis: str = "verified",
    day: date = date(2020, 6, 30),
    standard: str = "ntm",
    **changed: Any,
) -> Outcome:
    """Give the unit a judged assessment in which the criteria of these names fail."""
    round_ = RoundFactory(code=f"{day}", reference_date=day)
    found = criteria_set(unit, standard)
    assessment = unit.assessments.filter(round=round_, criteria_set=found).first()
    row = Outcome.objects.create(
        assessment=assessment or AssessmentFactory(unit=unit, round=round_, criteria_set=found),
        basis=basis,
        **{
            "criteria_total": total,
            "criteria_met": total - len(failed),
            "criteria_not_met": len(failed),
            "measures_typed": total,
            "measures_total": total,
            "meets_all": not failed,
            **changed,
        },
    )
    for name in failed:
        criterion = CriterionFactory(criteria_set=found, name=name)
        CriterionVerdict.objects.create(outcome=row, criterion=criterion, verdict="not_met")
    return row
