"""The levels that a province may set, and what speaks against one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from communes.models import AdministrativeUnit
from criteria.assessment.specs import rule_of
from criteria.models import CommuneGroup, CriteriaSet, Indicator, Measure, Threshold
from criteria.models.sets import Confidence
from criteria.scoring.objections import ambiguous_with, undercut_by
from criteria.scoring.thresholds import Place, Rule, prevailing
from criteria.services.ranges import refuse_out_of_range
from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.numbers import format_decimal
from ntm_portal.templatetags.portal import day as written_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

WHOLE_PROVINCE = ""
Key = tuple[str, str]  # the code of a measure and a group of communes


@dataclass(frozen=True, slots=True)
class Level:
    """What a province asks of its communes, or of one group of them."""

    measure: Measure
    group: str
    value: Decimal
    confidence: str = Confidence.READ
    source: str = ""

    @property
    def key(self) -> Key:
        """Return what it is for; a decision says one thing for it."""
        return self.measure.code, self.group


@dataclass(frozen=True, slots=True)
class Paper:
    """Which decision sets the levels, and from when on."""

    number: str
    decided_on: date
    valid_from: date


@dataclass(frozen=True, slots=True)
class Law:
    """The set for one province: what may be set there, and the thresholds that stand."""

    criteria_set: CriteriaSet
    province: AdministrativeUnit
    groups: Mapping[str, str]
    measures: Sequence[Measure]
    standing: Mapping[int, Sequence[Threshold]]

    @classmethod
    def of(cls, criteria_set: CriteriaSet, province: AdministrativeUnit) -> Law:
        """Load the measures in their latest version, and the thresholds without end."""
        found = Measure.objects.filter(indicator__criterion__criteria_set=criteria_set)
        measures = latest_versions(found.select_related("indicator__criterion"))
        standing: dict[int, list[Threshold]] = {item.pk: [] for item in measures}
        levels = Threshold.objects.in_force(None).filter(
            measure__in=standing, province_code__in=["", province.code]
        )
        for level in levels.select_related("decision"):
            standing[level.measure_id].append(level)
        return cls(criteria_set, province, groups_of(criteria_set), measures, standing)

    def is_delegated(self, measure: Measure) -> bool:
        """Tell whether the law leaves the level to the province."""
        return measure.indicator.delegated_to == Indicator.Delegation.PROVINCE

    def replaced_by(self, level: Level) -> Threshold | None:
        """Return the threshold of the province that this level takes the place of."""
        return next(
            (
                item
                for item in self.standing[level.measure.pk]
                if rule_of(item).axes == self.rule(level).axes
            ),
            None,
        )

    def rule(self, level: Level) -> Rule:
        """Return the level as judging sees it."""
        return Rule(
            id=0,
            value=level.value,
            province_code=self.province.code,
            commune_group=level.group,
            confidence=level.confidence,
        )

    def objection(self, level: Level, paper: Paper) -> str:
        """Return the first reason why the level cannot stand; empty where it can."""
        try:
            refuse_out_of_range(level.measure, level.value)
        except DomainError as refusal:
            return str(refusal)
        return next(self._objections(level, paper), "")

    def _objections(self, level: Level, paper: Paper) -> Iterator[str]:
        if level.measure.kind == Measure.Kind.YES_NO and not level.value:
            yield _("Only “must be yes” can be asked for.")
        yield from self._less_than_the_law(level)
        yield from self._same_place(level, paper)

    def _less_than_the_law(self, level: Level) -> Iterator[str]:
        measure, rules = level.measure, self._rules(level.measure)
        place = self._place(level)
        national = prevailing([rule for rule in rules if not rule.province_code], place)
        if not self.is_delegated(measure):
            if national is None or national.value is None:
                yield _("The law does not leave this to the province, and its level is not known.")
                return
        elif measure.province_may_loosen:
            return
        if found := undercut_by(self.rule(level), rules, measure.comparator, place):
            yield _("The law asks %(asks)s here: a province may ask more, not less.") % {
                "asks": _asked(measure, found)
            }

    def _same_place(self, level: Level, paper: Paper) -> Iterator[str]:
        old = self.replaced_by(level)
        others = [rule for rule in self._rules(level.measure) if old is None or rule.id != old.pk]
        if (other := ambiguous_with(self.rule(level), others)) is not None:
            yield _("%(rule)s says something else for the same communes.") % {
                "rule": other.legal_ref
            }
        if old is None:
            return
        if old.is_from_set:
            yield _("The set itself states the level of this province (%(rule)s).") % {
                "rule": old.legal_ref
            }
        elif old.valid_from and old.valid_from > paper.valid_from:
            yield _("%(rule)s sets it from %(day)s on: an earlier day is not possible.") % {
                "rule": old.legal_ref,
                "day": written_day(old.valid_from),
            }
        elif old.valid_from == paper.valid_from and not _is_same_paper(old, paper):
            yield _("%(rule)s sets it from the same day on; only one of two can hold.") % {
                "rule": old.legal_ref
            }

    def _rules(self, measure: Measure) -> list[Rule]:
        return [rule_of(item) for item in self.standing[measure.pk]]

    def _place(self, level: Level) -> Place:
        region = self.province.region
        return Place(
            region_code=region.code if region else "",
            province_code=self.province.code,
            commune_group=level.group,
        )


def latest_versions(measures: Iterable[Measure]) -> list[Measure]:
    """Return the latest version of each measure, in the order of the set."""
    dated = sorted(measures, key=lambda item: item.valid_from or date.min)
    return sorted({item.code: item for item in dated}.values(), key=lambda item: item.position)


def groups_of(criteria_set: CriteriaSet) -> dict[str, str]:
    """Return the groups of communes by code: the set's own, or the areas of the handbook."""
    if not criteria_set.commune_groups:
        return {code: str(label) for code, label in CommuneGroup.Area.choices}
    return {
        code: _("communes of group %(code)s") % {"code": code}
        for code in criteria_set.commune_groups
    }


def _asked(measure: Measure, rule: Rule) -> str:
    comparator = Measure.Comparator(measure.comparator).label
    return str(comparator) if rule.value is None else f"{comparator} {format_decimal(rule.value)}"


def _is_same_paper(old: Threshold, paper: Paper) -> bool:
    decision = old.decision
    return decision is not None and (decision.number, decision.decided_on) == (
        paper.number,
        paper.decided_on,
    )
