"""Levels for the demonstration where the law leaves them to the province or nobody read them.

Without them no commune could meet all criteria. They are rows of their own, by province, marked
as demonstration; what the law states is never touched.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from criteria.models import Threshold
from criteria.models.sets import Confidence
from criteria.scoring.thresholds import Place, prevailing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from communes.models import AdministrativeUnit
    from criteria.scoring.judging import SetSpec
    from criteria.scoring.thresholds import Rule

REFERENCE = "Minh họa (demonstration): mức giả định của %s"
# Left out, so that "undetermined" shows: Cao Bằng, Lai Châu, Kon Tum.
WITHHELD = {("17.4", "04"), ("17.4", "12"), ("17.4", "62")}
ANSWER = Decimal(1)
LEVELS = {"2.1": 100, "2.2": 70, "2.3": 70, "2.4": 60, "17.7": 75}
MOUNTAIN_LEVELS = {"2.1": 100, "2.2": 50, "2.3": 50, "2.4": 50, "17.7": 60}
MOUNTAINS = {"TDMNPB", "TN"}
OTHER_LEVEL = 70


def add_thresholds(
    spec: SetSpec,
    provinces: Iterable[AdministrativeUnit],
    year: int,
    *,
    delegated_only: bool = False,
) -> None:
    """Add a level for every measure that nothing settles in one of the provinces.

    With `delegated_only`, just for those that the law leaves to the province.
    """
    Threshold.objects.bulk_create(
        Threshold(
            measure_id=measure.id,
            province_code=province.code,
            value=_level(measure.code, measure.kind, place.region_code),
            confidence=Confidence.UNCONFIRMED,
            legal_ref=REFERENCE % province.name,
            is_demonstration=True,
        )
        for province in provinces
        for place in [_place(province, year)]
        for measure in spec.measures
        if (measure.delegated_to == "province" or not delegated_only)
        and (measure.code, province.code) not in WITHHELD
        and _is_unsettled(prevailing(measure.rules, place))
    )


def _is_unsettled(rule: Rule | None) -> bool:
    return rule is None or (rule.value is None and not rule.is_exempt)


def _place(province: AdministrativeUnit, year: int) -> Place:
    region = province.region.code if province.region else ""
    return Place(region_code=region, province_code=province.code, year=year)


def _level(code: str, kind: str, region_code: str) -> Decimal:
    if kind == "yes_no":
        return ANSWER
    levels = MOUNTAIN_LEVELS if region_code in MOUNTAINS else LEVELS
    return Decimal(levels.get(code, OTHER_LEVEL))
