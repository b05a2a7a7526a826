"""The thresholds that were considered for a measure, in the order in which they count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from criteria.presentation.wording import asked_text
from criteria.scoring.thresholds import considered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from criteria.models import Measure
    from criteria.presentation.wording import PlaceNames
    from criteria.scoring.thresholds import Place, Rule


@dataclass(frozen=True, slots=True)
class Level:
    """What one threshold asks and of whom; or, without a rule, that there is none."""

    asks: str
    origin: str
    rule: Rule | None = None
    is_prevailing: bool = False


def levels_of(
    measure: Measure, rules: Sequence[Rule], place: Place, names: PlaceNames
) -> tuple[Level, ...]:
    """Return the chain: the prevailing threshold, then those it passes over.

    Where the law leaves the level to the province and it has set none, the chain begins by
    saying so.
    """
    found = considered(rules, place)
    province = names.provinces.get(place.province_code, "")
    chain = [
        Level(asked_text(measure, rule, province), names.origin_of(rule), rule, rule is found[0])
        for rule in found
    ]
    is_set_by_province = any(rule.province_code for rule in found)
    if measure.indicator.delegated_to == "province" and not is_set_by_province:
        chain.insert(0, Level(_("the province sets the level, and has not"), province))
    return tuple(chain) or (Level(asked_text(measure, None, province), ""),)
