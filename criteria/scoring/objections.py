"""What speaks against a threshold: another is as specific, or it asks less than the law allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from criteria.scoring.thresholds import prevailing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from criteria.scoring.thresholds import Place, Rule


def is_ambiguous(one: Rule, other: Rule) -> bool:
    """Tell whether a commune could fall under both and neither is the more specific.

    A commune may hold two designations at once; if both ask the same of it, nothing is ambiguous.
    """
    if one.specificity != other.specificity or not _may_meet(one, other):
        return False
    asks_the_same = (one.value, one.is_exempt) == (other.value, other.is_exempt)
    return one.designation == other.designation or not asks_the_same


def ambiguous_with(new: Rule, rules: Iterable[Rule]) -> Rule | None:
    """Return the first of `rules` beside which `new` cannot stand."""
    return next((rule for rule in rules if is_ambiguous(rule, new)), None)


def undercut_by(new: Rule, rules: Iterable[Rule], comparator: str, place: Place) -> Rule | None:
    """Return the level of the nation's law at `place` that `new`, a province's own, asks less than.

    Where the law states no level there, nothing is undercut.
    """
    lawful = [rule for rule in rules if not rule.province_code]
    found = prevailing(lawful, place)
    if found is None or found.value is None:
        return None
    return found if is_looser(comparator, new.value, than=found.value) else None


def is_looser(comparator: str, value: Decimal | None, *, than: Decimal) -> bool:
    """Tell whether `value` asks less than `than`; to ask nothing is less than anything."""
    if value is None:
        return True
    match comparator:
        case ">=":
            return value < than
        case "<=":
            return value > than
    return value != than


def _may_meet(one: Rule, other: Rule) -> bool:
    """Tell whether some commune could be meant by both, which name the same axes."""
    return (
        one.region_code == other.region_code
        and one.province_code == other.province_code
        and one.commune_group == other.commune_group
        and one.from_year <= other.to_year
        and other.from_year <= one.to_year
    )
