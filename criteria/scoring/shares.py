"""Shares that the law of recognition asks for: how many communes hold, how many criteria fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from criteria.scoring.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from criteria.scoring.titles import Provision

HUNDRED = 100


def share_verdict(holding: int, total: int, at_least: int) -> Verdict:
    """Say whether so many of all are at least the percentage; of none nothing can be said."""
    if total == 0:
        return Verdict.UNDETERMINED
    return Verdict.MET if reaches(holding, total, at_least) else Verdict.NOT_MET


def reaches(part: int, total: int, percentage: int) -> bool:
    """Tell whether the part is at least the percentage of the total, without rounding."""
    return total > 0 and part * HUNDRED >= percentage * total


def is_ground(ground: Provision, failed: int, total: int, names: AbstractSet[str]) -> bool:
    """Tell whether so many failures of all are a ground to revoke; `names` are what failed."""
    if not reaches(failed, total, ground.at_least):
        return False
    if ground.below is not None and reaches(failed, total, ground.below):
        return False
    return not ground.named or not ground.named.isdisjoint(names)
