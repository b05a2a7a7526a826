"""Levels for the demonstration where the law leaves them to the province or nobody read them.

Without them no commune could meet all criteria. They are rows of their own, by province, marked
as demonstration; what the law states is never touched.
"""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
LEVELS = Path(__file__).parent / "data" / "levels.json"


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
    levels = _levels()
    of_region = levels["mountains" if region_code in levels["mountain_regions"] else "elsewhere"]
    return Decimal(of_region.get(code, levels["others"]))


@cache
def _levels() -> dict[str, Any]:  # JSON as it is read
    found: dict[str, Any] = json.loads(LEVELS.read_text(encoding="utf-8"))
    return found
