"""Which communes take the thresholds of another region, as a sentence beside the table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from communes.models import Designation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from criteria.models import CriteriaSet


@dataclass(frozen=True, slots=True)
class OverrideNote:
    """The designations that are meant; whose levels such communes take; by which law."""

    holders: str
    region: str
    legal_ref: str
    confidence: str


def override_of(criteria_set: CriteriaSet, regions: Mapping[str, str]) -> OverrideNote | None:
    """Return the note on `criteria_set`, if it moves communes; `regions` are names by code."""
    if not (data := criteria_set.region_override):
        return None
    code = data["use_region"]
    return OverrideNote(
        holders=_("; or ").join(map(_together, data["holders"])),
        region=regions.get(code, code),
        legal_ref=data["legal_ref"],
        confidence=data["confidence"],
    )


def _together(kinds: list[str]) -> str:
    """Name designations of which a commune needs all."""
    return _(" and ").join(str(Designation.Kind(kind).label) for kind in kinds)
