"""A criteria set as its file states it, checked; neither rows nor judging know of the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from criteria.loading.nodes import Data
    from criteria.scoring.conditions import Condition
    from criteria.scoring.specs import RegionOverride
    from criteria.scoring.thresholds import Rule


@dataclass(frozen=True, slots=True)
class Level:
    """A threshold with the source it was read in, and where it stands in the file."""

    rule: Rule
    source: str
    place: str


@dataclass(frozen=True, slots=True)
class LawMeasure:
    """One version of what is typed for an indicator."""

    code: str
    name: str
    name_en: str
    kind: str
    unit: str
    unit_en: str
    comparator: str
    valid_from: date | None
    valid_to: date | None
    validity_confidence: str
    condition: Condition | None
    not_assessed_when: str
    province_may_loosen: bool
    levels: tuple[Level, ...]
    place: str


@dataclass(frozen=True, slots=True)
class LawIndicator:
    """An indicator with its official text."""

    code: str
    name: str
    name_en: str
    delegated_to: str
    guidance: str
    source: str
    confidence: str
    measures: tuple[LawMeasure, ...]
    place: str


@dataclass(frozen=True, slots=True)
class LawCriterion:
    """A criterion; `is_complete` unless nobody could read all its indicators."""

    code: str
    name: str
    name_en: str
    is_complete: bool
    indicators: tuple[LawIndicator, ...]
    place: str


@dataclass(frozen=True, slots=True)
class LawGroup:
    """A group of criteria, as the annex prints them."""

    code: str
    name: str
    name_en: str
    criteria: tuple[LawCriterion, ...]
    place: str


@dataclass(frozen=True, slots=True)
class LawSet:
    """A criteria set with everything its file says that the portal uses."""

    code: str
    name: str
    name_en: str
    level: str
    standard: str
    legal_basis: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    meets_when: str
    indicators_total: int | None
    region_override: RegionOverride | None
    commune_groups: Data
    preconditions: tuple[Data, ...]
    town_city_rule: Data | None
    groups: tuple[LawGroup, ...]

    @property
    def criteria(self) -> tuple[LawCriterion, ...]:
        """Return the criteria of all groups, in order."""
        return tuple(item for group in self.groups for item in group.criteria)

    @property
    def indicators(self) -> tuple[LawIndicator, ...]:
        """Return the indicators of all criteria, in order."""
        return tuple(item for criterion in self.criteria for item in criterion.indicators)

    @property
    def measures(self) -> tuple[LawMeasure, ...]:
        """Return everything that is typed, in order, each version by itself."""
        return tuple(item for indicator in self.indicators for item in indicator.measures)
