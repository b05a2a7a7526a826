"""What must hold of a set as a whole, once each of its objects is sound by itself."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from criteria.loading.regions import region_by_province
from criteria.scoring.axes import axes_text
from criteria.scoring.objections import is_ambiguous, undercut_by
from criteria.scoring.thresholds import LAST_YEAR, Place, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from criteria.loading.faults import Faults
    from criteria.loading.law import LawCriterion, LawMeasure, LawSet, Level


def check_whole(law: LawSet, faults: Faults) -> None:
    """Note codes that stand twice, gaps, versions that overlap, thresholds that clash."""
    for noun, things in (
        ("group", law.groups),
        ("criterion", law.criteria),
        ("indicator", law.indicators),
    ):
        _refuse_twins(noun, [(item.code, item.place) for item in things], faults)
    for criterion in law.criteria:
        if criterion.is_complete:
            _refuse_gaps(criterion, faults)
    _refuse_overlaps(law.measures, faults)
    for measure in law.measures:
        _refuse_ambiguity(measure, faults)
        _refuse_looser(measure, faults)


def _refuse_twins(noun: str, codes: Iterable[tuple[str, str]], faults: Faults) -> None:
    seen: dict[str, str] = {}
    for code, place in codes:
        if code in seen:
            faults.add(place, f"{noun} {code} stands twice, first at {seen[code]}")
        seen.setdefault(code, place)


def _refuse_gaps(criterion: LawCriterion, faults: Faults) -> None:
    """Refuse 17.1 and 17.3 without 17.2: an indicator was forgotten."""
    numbered = re.compile(re.escape(criterion.code) + r"\.([0-9]+)")
    found = [numbered.fullmatch(item.code) for item in criterion.indicators]
    numbers = {int(match[1]) for match in found if match}
    for number in sorted(set(range(1, max(numbers, default=0))) - numbers):
        sentence = f"indicator {criterion.code}.{number} is missing between the others"
        faults.add(criterion.place, sentence)


def _refuse_overlaps(measures: Iterable[LawMeasure], faults: Faults) -> None:
    by_code: defaultdict[str, list[LawMeasure]] = defaultdict(list)
    for measure in measures:
        by_code[measure.code].append(measure)
    for code, versions in by_code.items():
        for one, other in combinations(versions, 2):
            if _overlap(one, other):
                sentence = f"two versions of {code} are in force at once, the other at {one.place}"
                faults.add(other.place, sentence)


def _overlap(one: LawMeasure, other: LawMeasure) -> bool:
    one_ends_before = one.valid_to and other.valid_from and one.valid_to < other.valid_from
    other_ends_before = other.valid_to and one.valid_from and other.valid_to < one.valid_from
    return not (one_ends_before or other_ends_before)


def _refuse_ambiguity(measure: LawMeasure, faults: Faults) -> None:
    for one, other in combinations(measure.levels, 2):
        if is_ambiguous(one.rule, other.rule):
            faults.add(
                other.place,
                f"as specific as the threshold at {one.place} ({axes_text(one.rule)}), "
                f"and both apply to the same communes: {axes_text(other.rule)}",
            )


def _refuse_looser(measure: LawMeasure, faults: Faults) -> None:
    if measure.province_may_loosen:
        return
    rules = [level.rule for level in measure.levels]
    for level in measure.levels:
        place = _where(level)
        if level.rule.province_code and (
            found := undercut_by(level.rule, rules, measure.comparator, place)
        ):
            asked = f"{measure.comparator} {found.value} ({axes_text(found)})"
            own = "asking nothing" if level.rule.value is None else level.rule.value
            sentence = f"{own} is looser than {asked}, which the law forbids here"
            faults.add(level.place, sentence)


def _where(level: Level) -> Place:
    """Return a commune to which a provincial threshold applies."""
    rule: Rule = level.rule
    return Place(
        region_code=rule.region_code or region_by_province().get(rule.province_code, ""),
        province_code=rule.province_code,
        designations=frozenset({rule.designation} - {""}),
        commune_group=rule.commune_group,
        year=rule.from_year or min(rule.to_year, LAST_YEAR),
    )
