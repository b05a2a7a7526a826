"""What a change of the law would make of verdicts in open rounds: worked out, nothing written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from criteria.assessment.judge import Judge
from criteria.assessment.open_rounds import BATCH, parts_of
from criteria.assessment.places import places_of
from criteria.assessment.specs import load_spec
from criteria.models import IndicatorValue
from criteria.scoring.verdicts import NOT_ASSESSED, Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date
    from decimal import Decimal

    from criteria.assessment.open_rounds import Part
    from criteria.models import Assessment
    from criteria.scoring.specs import CriterionSpec, SetSpec
    from criteria.scoring.thresholds import Place, Rule
    from criteria.scoring.verdicts import NotAssessed

Numbers = dict[int, "Decimal | NotAssessed | None"]


@dataclass(frozen=True, slots=True)
class Amendment:
    """Thresholds that would take the place of others, and communes that would change group.

    `added` holds the new by measure id, `ended` the ids of those that they replace.
    """

    valid_from: date | None = None
    added: Mapping[int, tuple[Rule, ...]] | None = None
    ended: frozenset[int] = frozenset()
    groups: Mapping[int, str] | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether it changes anything in a round of `day`."""
        return self.valid_from is None or self.valid_from <= day

    def of(self, spec: SetSpec) -> SetSpec:
        """Return the set with its thresholds in the place of those that end."""
        return replace(spec, criteria=tuple(map(self._criterion, spec.criteria)))

    def place(self, unit_id: int, place: Place) -> Place:
        """Return what would be known of the commune."""
        group = (self.groups or {}).get(unit_id)
        return place if group is None else replace(place, commune_group=group)

    def _criterion(self, criterion: CriterionSpec) -> CriterionSpec:
        indicators = (
            replace(
                item,
                measures=tuple(
                    replace(measure, rules=self._rules(measure.id, measure.rules))
                    for measure in item.measures
                ),
            )
            for item in criterion.indicators
        )
        return replace(criterion, indicators=tuple(indicators))

    def _rules(self, measure_id: int, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        kept = tuple(rule for rule in rules if rule.id not in self.ended)
        return kept + tuple((self.added or {}).get(measure_id, ()))


@dataclass(frozen=True, slots=True)
class Change:
    """The verdict on one criterion of one commune, as it is and as it would be."""

    assessment: Assessment
    criterion_code: str
    before: Verdict
    after: Verdict

    @property
    def is_gain(self) -> bool:
        """Tell whether the criterion would be met."""
        return self.after is Verdict.MET

    @property
    def is_loss(self) -> bool:
        """Tell whether it would no longer be met."""
        return self.before is Verdict.MET


@dataclass(frozen=True)
class Effects:
    """The verdicts that change, in the order of rounds, communes and criteria."""

    changes: tuple[Change, ...] = ()
    assessments: int = 0

    @property
    def total(self) -> int:
        """Return how many verdicts change."""
        return len(self.changes)

    @cached_property
    def gained(self) -> int:
        """Return how many criteria are met then."""
        return sum(1 for item in self.changes if item.is_gain)

    @cached_property
    def lost(self) -> int:
        """Return how many criteria are met no longer."""
        return sum(1 for item in self.changes if item.is_loss)

    @property
    def otherwise(self) -> int:
        """Return how many change without being met before or then."""
        return self.total - self.gained - self.lost


def foresee(assessments: Iterable[Assessment], amendment: Amendment) -> Effects:
    """Return what the amendment makes of reported verdicts; the queries do not grow with rows.

    The assessments come with their unit, round and set.
    """
    found = list(assessments)
    changes: list[Change] = []
    for part in parts_of(found):
        if amendment.holds_on(part.day):
            changes += _of_part(part, amendment)
    return Effects(tuple(changes), len(found))


def _of_part(part: Part, amendment: Amendment) -> Iterator[Change]:
    now = load_spec(part.criteria_set, part.day)
    then = amendment.of(now)
    now, then = _narrowed(now, then, everything=bool(amendment.groups))
    measures = {measure.id for measure in now.measures}
    if not measures:
        return
    judge_now, judge_then = Judge(now, {}), Judge(then, {})
    for start in range(0, len(part.assessments), BATCH):
        batch = part.assessments[start : start + BATCH]
        places = places_of([item.unit for item in batch], part.day)
        numbers = numbers_of([item.pk for item in batch], measures)
        for item in batch:
            place, typed = places[item.unit_id], numbers[item.pk]
            before = judge_now.judge(typed, place).criteria
            after = judge_then.judge(typed, amendment.place(item.unit_id, place)).criteria
            for criterion in now.criteria:
                pair = before[criterion.id], after[criterion.id]
                if pair[0] is not pair[1]:
                    yield Change(item, criterion.code, *pair)


def _narrowed(now: SetSpec, then: SetSpec, *, everything: bool) -> tuple[SetSpec, SetSpec]:
    """Return both with the criteria only of which something changes: others stay as they are."""
    pairs = zip(now.criteria, then.criteria, strict=True)
    touched = [(old, new) for old, new in pairs if everything or old != new]
    return (
        replace(now, criteria=tuple(old for old, _new in touched)),
        replace(then, criteria=tuple(new for _old, new in touched)),
    )


def numbers_of(ids: Collection[int], measures: Collection[int]) -> defaultdict[int, Numbers]:
    """Return what is typed, by assessment and measure id; one query."""
    numbers: defaultdict[int, Numbers] = defaultdict(dict)
    values = IndicatorValue.objects.filter(assessment_id__in=ids, measure_id__in=measures)
    for pk, measure_id, number, is_left_out in values.values_list(
        "assessment_id", "measure_id", "number", "is_not_assessed"
    ):
        numbers[pk][measure_id] = NOT_ASSESSED if is_left_out else number
    return numbers
