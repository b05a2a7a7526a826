"""What the portal works out by itself: verdicts and outcomes of stored values, in bulk."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from communes.models import AdministrativeUnit, Designation, Region
from criteria.models import (
    Assessment,
    Criterion,
    CriterionVerdict,
    Indicator,
    IndicatorValue,
    Measure,
    Outcome,
    Threshold,
)
from criteria.models.assessments import Basis
from criteria.scoring.conditions import Condition
from criteria.scoring.judging import (
    CriterionSpec,
    IndicatorSpec,
    MeasureSpec,
    RegionOverride,
    SetJudgement,
    SetSpec,
)
from criteria.scoring.plans import Plan, plan_of
from criteria.scoring.thresholds import Place, Rule
from criteria.scoring.verdicts import NOT_ASSESSED, NotAssessed, Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from criteria.models import CriteriaSet

BATCH = 500


def load_spec(criteria_set: CriteriaSet, day: date) -> SetSpec:
    """Return the set as judging sees it, with the measures in force on `day`; four queries."""
    return load_versions(criteria_set).on(day)


def load_versions(criteria_set: CriteriaSet) -> SetSpec:
    """Return the set with every version of its amended measures; four queries."""
    criteria = Criterion.objects.filter(criteria_set=criteria_set).prefetch_related(
        "indicators", "indicators__measures", "indicators__measures__thresholds"
    )
    return SetSpec(
        id=criteria_set.pk,
        code=criteria_set.code,
        indicators_total=criteria_set.indicators_total,
        criteria=tuple(map(_criterion, criteria)),
        region_override=_override(criteria_set.region_override),
        commune_groups=tuple(criteria_set.commune_groups),
    )


def places_of(units: Iterable[AdministrativeUnit], day: date) -> dict[int, Place]:
    """Return what thresholds may ask about each unit on `day`, by unit id; two queries."""
    units = list(units)
    regions = dict(Region.objects.values_list("pk", "code"))
    held: defaultdict[int, set[str]] = defaultdict(set)
    designations = Designation.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        valid_from__lte=day,
        unit_id__in=[unit.pk for unit in units],
    )
    for unit_id, kind in designations.values_list("unit_id", "kind"):
        held[unit_id].add(kind)
    return {
        unit.pk: Place(
            region_code=regions.get(unit.region_id or 0, ""),
            province_code=unit.province_code,
            designations=frozenset(held[unit.pk]),
            year=day.year,
        )
        for unit in units
    }


@dataclass(slots=True)
class Judge:
    """A set on a day, ready to judge many communes; the rules of equal places are found once."""

    spec: SetSpec
    _plans: dict[Place, Plan]

    @classmethod
    def of(cls, criteria_set: CriteriaSet, day: date) -> Judge:
        """Load the set as it stands on `day`."""
        return cls(load_spec(criteria_set, day), {})

    def plan_for(self, place: Place) -> Plan:
        """Return what becomes of every measure for communes such as `place`."""
        if place not in self._plans:
            self._plans[place] = plan_of(self.spec, place)
        return self._plans[place]

    def rules_for(self, place: Place) -> Mapping[int, Rule | None]:
        """Return the prevailing rule by measure id for communes such as `place`."""
        return self.plan_for(place).rules

    def judge(
        self, numbers: Mapping[int, Decimal | NotAssessed | None], place: Place
    ) -> SetJudgement:
        """Judge one commune from its numbers by measure id."""
        return self.plan_for(place).judge(numbers)


def rejudge(assessment_ids: Collection[int], *, bases: Collection[str] = (Basis.REPORTED,)) -> None:
    """Judge stored values anew and write verdicts and outcomes; the same for one and for many.

    The caller holds the transaction and the locks. All assessments must be of one round and set.
    """
    ids = list(assessment_ids)
    assessments = list(
        Assessment.objects.filter(pk__in=ids).select_related("unit", "round", "criteria_set")
    )
    if not assessments:
        return
    day = assessments[0].round.reference_date
    judge = Judge.of(assessments[0].criteria_set, day)
    places = places_of([item.unit for item in assessments], day)
    values: defaultdict[int, list[IndicatorValue]] = defaultdict(list)
    for value in IndicatorValue.objects.filter(assessment_id__in=ids):
        values[value.assessment_id].append(value)
    judged: dict[tuple[int, str], SetJudgement] = {}
    for item in assessments:
        for basis in bases:
            numbers = {value.measure_id: _number(value, basis) for value in values[item.pk]}
            judged[item.pk, basis] = judge.judge(numbers, places[item.unit_id])
    if Basis.REPORTED in bases:
        _write_values(values, judged)
    write_outcomes(judged, judge.spec)


def outcome_of(assessment_id: int, basis: str, judged: SetJudgement, spec: SetSpec) -> Outcome:
    """Return the row that sums up a judgement."""
    return Outcome(
        assessment_id=assessment_id,
        basis=basis,
        criteria_total=len(judged.criteria),
        criteria_met=judged.count(Verdict.MET),
        criteria_not_met=judged.count(Verdict.NOT_MET),
        criteria_missing=judged.count(Verdict.MISSING),
        criteria_undetermined=judged.count(Verdict.UNDETERMINED),
        measures_total=len(spec.measures),
        measures_typed=judged.measures_typed,
        meets_all=judged.meets_all,
        rests_on_unconfirmed=judged.rests_on_unconfirmed,
    )


def write_outcomes(judged: Mapping[tuple[int, str], SetJudgement], spec: SetSpec) -> None:
    """Write outcomes and criterion verdicts, by (assessment id, basis), over what stood there."""
    fields = [field.name for field in Outcome._meta.concrete_fields if not field.primary_key]
    Outcome.objects.bulk_create(
        [outcome_of(*key, judgement, spec) for key, judgement in judged.items()],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["assessment", "basis"],
        update_fields=[name for name in fields if name not in {"assessment", "basis"}],
    )
    written = Outcome.objects.filter(assessment_id__in={pk for pk, _basis in judged})
    keys = {
        (pk, basis): row for row, pk, basis in written.values_list("pk", "assessment_id", "basis")
    }
    CriterionVerdict.objects.bulk_create(
        [
            CriterionVerdict(outcome_id=keys[key], criterion_id=criterion_id, verdict=verdict)
            for key, judgement in judged.items()
            for criterion_id, verdict in judgement.criteria.items()
        ],
        batch_size=BATCH * 4,
        update_conflicts=True,
        unique_fields=["outcome", "criterion"],
        update_fields=["verdict"],
    )


def _write_values(
    values: Mapping[int, list[IndicatorValue]], judged: Mapping[tuple[int, str], SetJudgement]
) -> None:
    changed = []
    for assessment_id, rows in values.items():
        verdicts = judged[assessment_id, Basis.REPORTED].measures
        for row in rows:
            if (found := verdicts.get(row.measure_id)) is None:
                continue  # a measure that an amendment closed: kept, no longer judged
            rule_id = found.rule.id if found.rule else None
            new = (str(found.verdict), rule_id, found.distance)
            if (row.verdict, row.threshold_id, row.distance) != new:
                row.verdict, row.threshold_id, row.distance = new
                changed.append(row)
    IndicatorValue.objects.bulk_update(
        changed, ["verdict", "threshold", "distance"], batch_size=BATCH
    )


def _number(value: IndicatorValue, basis: str) -> Decimal | NotAssessed | None:
    number = value.verified_number if basis == Basis.VERIFIED else value.number
    return NOT_ASSESSED if number is None and value.is_not_assessed else number


def _override(data: dict[str, Any] | None) -> RegionOverride | None:
    if not data:
        return None
    return RegionOverride(
        region_code=data["use_region"],
        holders=tuple(map(frozenset, data["holders"])),
        legal_ref=data["legal_ref"],
        confidence=data["confidence"],
    )


def _criterion(criterion: Criterion) -> CriterionSpec:
    indicators = tuple(map(_indicator, criterion.indicators.all()))
    return CriterionSpec(criterion.pk, criterion.code, indicators, criterion.is_complete)


def _indicator(indicator: Indicator) -> IndicatorSpec:
    return IndicatorSpec(
        id=indicator.pk,
        code=indicator.code,
        measures=tuple(_measure(measure, indicator) for measure in indicator.measures.all()),
    )


def _measure(measure: Measure, indicator: Indicator) -> MeasureSpec:
    return MeasureSpec(
        id=measure.pk,
        code=measure.code,
        kind=measure.kind,
        comparator=measure.comparator,
        delegated_to=indicator.delegated_to,
        rules=tuple(map(_rule, measure.thresholds.all())),
        condition=_condition(measure.applies_if),
        may_be_left_out=bool(measure.not_assessed_when),
        valid_from=measure.valid_from,
        valid_to=measure.valid_to,
    )


def _condition(data: dict[str, str] | None) -> Condition | None:
    if data is None:
        return None
    return Condition(
        fact=data["fact"],
        comparator=data["comparator"],
        value=Decimal(data["value"]),
        text=data["text"],
    )


def _rule(threshold: Threshold) -> Rule:
    return Rule(
        id=threshold.pk,
        value=threshold.value,
        region_code=threshold.region_code,
        province_code=threshold.province_code,
        designation=threshold.designation,
        commune_group=threshold.commune_group,
        from_year=threshold.from_year,
        to_year=threshold.to_year,
        confidence=threshold.confidence,
        legal_ref=threshold.legal_ref,
        is_demonstration=threshold.is_demonstration,
        is_exempt=threshold.is_exempt,
    )
