"""A criteria set as judging sees it: what is asked, how it is compared, and by which rules."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from criteria.scoring.conditions import Condition
    from criteria.scoring.thresholds import Place, Rule


@dataclass(frozen=True, slots=True)
class MeasureSpec:
    """What is typed, how it is compared, and the thresholds there are for it.

    An amendment closes a measure and opens another of the same code, perhaps of another kind.
    """

    id: int
    code: str
    kind: str
    comparator: str
    delegated_to: str
    rules: tuple[Rule, ...]
    condition: Condition | None = None
    may_be_left_out: bool = False
    valid_from: date | None = None
    valid_to: date | None = None

    def is_in_force(self, day: date) -> bool:
        """Tell whether this version is the law on `day`."""
        has_begun = self.valid_from is None or self.valid_from <= day
        return has_begun and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class IndicatorSpec:
    """An indicator and what is measured for it."""

    id: int
    code: str
    measures: tuple[MeasureSpec, ...]

    def on(self, day: date) -> IndicatorSpec:
        """Return it with the versions in force on `day` only."""
        return replace(self, measures=tuple(m for m in self.measures if m.is_in_force(day)))


@dataclass(frozen=True, slots=True)
class CriterionSpec:
    """A criterion and its indicators; incomplete when nobody could read all that it has."""

    id: int
    code: str
    indicators: tuple[IndicatorSpec, ...]
    is_complete: bool = True


@dataclass(frozen=True, slots=True)
class RegionOverride:
    """Communes with all of one group of designations take the thresholds of another region."""

    region_code: str
    holders: tuple[frozenset[str], ...]
    legal_ref: str = ""
    confidence: str = "read"

    def holds_for(self, place: Place) -> bool:
        """Tell whether the commune is one of those meant."""
        return any(needed <= place.designations for needed in self.holders)


@dataclass(frozen=True, slots=True)
class SetSpec:
    """A criteria set; `indicators_total` is what the law counts, None where it was not read."""

    id: int
    code: str
    indicators_total: int | None
    criteria: tuple[CriterionSpec, ...]
    region_override: RegionOverride | None = None
    commune_groups: tuple[str, ...] = ()

    @property
    def indicators(self) -> tuple[IndicatorSpec, ...]:
        """Return all indicators of the set, in order."""
        return tuple(item for criterion in self.criteria for item in criterion.indicators)

    @property
    def measures(self) -> tuple[MeasureSpec, ...]:
        """Return everything that is typed for this set, in order."""
        return tuple(measure for item in self.indicators for measure in item.measures)

    @property
    def is_complete(self) -> bool:
        """Tell whether the set holds every indicator that the law counts."""
        return (
            self.indicators_total is not None
            and len(self.indicators) >= self.indicators_total
            and all(criterion.is_complete for criterion in self.criteria)
        )

    def on(self, day: date) -> SetSpec:
        """Return the set as it stands on `day`, each amended measure in its version of that day."""
        return replace(
            self,
            criteria=tuple(
                replace(item, indicators=tuple(found.on(day) for found in item.indicators))
                for item in self.criteria
            ),
        )

    def seen_from(self, place: Place) -> Place:
        """Return `place` in the region whose thresholds it takes in this set."""
        override = self.region_override
        if override is None or not override.holds_for(place):
            return place
        return replace(place, region_code=override.region_code)
