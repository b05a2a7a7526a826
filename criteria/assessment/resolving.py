"""Which threshold prevails for a unit on a day, measure by measure: as judging finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from criteria.assessment.places import places_of
from criteria.assessment.specs import load_spec
from criteria.models import Measure
from criteria.scoring.plans import plan_of

if TYPE_CHECKING:
    from datetime import date

    from communes.models import AdministrativeUnit
    from criteria.models import CriteriaSet


# JSON objects: their values are of any JSON type, hence Any.
def resolved(
    criteria_set: CriteriaSet, unit: AdministrativeUnit, day: date
) -> list[dict[str, Any]]:
    """Return a row for each measure in force on `day`, in the order of the law."""
    spec = load_spec(criteria_set, day)
    rules = plan_of(spec, places_of([unit], day)[unit.pk]).rules
    units = dict(
        Measure.objects.filter(pk__in=[item.id for item in spec.measures]).values_list("pk", "unit")
    )
    return [
        {
            "unit": unit.code,
            "on": day,
            "criteria_set": criteria_set.code,
            "criterion": criterion.code,
            "measure": measure.code,
            "comparator": measure.comparator,
            "value": rule.value if (rule := rules.get(measure.id)) else None,
            "measured_in": units[measure.id],
            "is_exempt": bool(rule and rule.is_exempt),
            "legal_ref": rule.legal_ref if rule else None,
            "confidence": rule.confidence if rule else None,
            "rule": rule.id if rule else None,
        }
        for criterion in spec.criteria
        for indicator in criterion.indicators
        for measure in indicator.measures
    ]
