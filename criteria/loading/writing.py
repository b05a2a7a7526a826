"""A set of the file written into the tables: whole, or not at all; again, and nothing changes."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from criteria.loading.changes import Change, Loaded
from criteria.loading.confirmed import refuse_lost_confirmations
from criteria.loading.leaving import (
    refuse_lost_criteria,
    refuse_lost_measures,
    refuse_lost_thresholds,
    refuse_other_kinds,
)
from criteria.loading.rows import (
    criterion_row,
    group_row,
    indicator_row,
    measure_row,
    set_row,
    threshold_row,
)
from criteria.loading.settling import Table
from criteria.loading.specs import spec_of
from criteria.models import (
    CriteriaGroup,
    CriteriaSet,
    Criterion,
    Indicator,
    Measure,
    Threshold,
    ThresholdConfirmation,
)
from criteria.scoring.axes import axes_text
from criteria.scoring.thresholds import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from criteria.loading.faults import Faults
    from criteria.loading.law import LawSet

# The loader's own: what provinces and the demonstration entered is theirs.
FROM_SETS = Q(is_from_set=True) | Q(province_code="", is_demonstration=False)
STATED = ("value", "confidence", "legal_ref", "source")


def write_set(law: LawSet, text: str, faults: Faults) -> Loaded:
    """Write the set in the caller's transaction; faults say what hindered it, and undo it."""
    is_complete = spec_of(law).is_complete
    loaded = Loaded(
        code=law.code,
        is_complete=is_complete,
        criteria=len(law.criteria),
        indicators=len(law.indicators),
        indicators_total=law.indicators_total,
        measures=len(law.measures),
        thresholds=sum(len(item.levels) for item in law.measures),
    )
    criteria_set = set_row(law, is_complete=is_complete)
    sets = Table(CriteriaSet, CriteriaSet.objects.filter(code=law.code), _code, _code)
    loaded.is_new = not sets.standing
    loaded.changes += sets.settle([criteria_set])
    CriteriaSet.objects.filter(pk=criteria_set.pk).update(document=text)
    writing = _Writing(criteria_set, law, faults)
    loaded.changes += writing.write()
    loaded.notes += writing.notes
    return loaded


class _Writing:
    """The tables below the set, from the groups down to the thresholds."""

    def __init__(self, criteria_set: CriteriaSet, law: LawSet, faults: Faults) -> None:
        self.criteria_set = criteria_set
        self.law = law
        self.faults = faults
        self.notes: list[str] = []
        of_set = {"indicator__criterion__criteria_set": criteria_set}
        self.groups = Table(CriteriaGroup, criteria_set.groups.all(), _code, _code)
        self.criteria = Table(Criterion, criteria_set.criteria.all(), _code, _code)
        self.indicators = Table(
            Indicator,
            Indicator.objects.filter(criterion__criteria_set=criteria_set),
            lambda row: (row.criterion_id, row.code),
            _code,
        )
        self.measures = Table(
            Measure,
            Measure.objects.filter(**of_set),
            lambda row: (row.indicator_id, row.code, row.valid_from),
            _version,
        )
        self.thresholds = Table(
            Threshold,
            Threshold.objects.filter(
                FROM_SETS, measure__indicator__criterion__criteria_set=criteria_set
            ).select_related("measure"),
            lambda row: (row.measure_id, _rule(row).axes),
            lambda row: f"{_version(row.measure)} [{axes_text(_rule(row))}]",
        )

    def write(self) -> list[Change]:
        """Write the tables from the top, then take away what is gone from the bottom."""
        changes = [*self._write_criteria(), *self._write_measures()]
        self._refuse()
        for table in (self.thresholds, self.measures, self.indicators, self.criteria, self.groups):
            changes += table.remove_rest()
        return changes

    def _write_criteria(self) -> list[Change]:
        law_groups, positions = self.law.groups, count(1)
        groups = [group_row(self.criteria_set, item, n) for n, item in enumerate(law_groups, 1)]
        changes = self.groups.settle(groups)
        self.criterion_rows = [
            criterion_row(group, item, next(positions))
            for group, stated in zip(groups, law_groups, strict=True)
            for item in stated.criteria
        ]
        return changes + self.criteria.settle(self.criterion_rows)

    def _write_measures(self) -> list[Change]:
        positions = count(1)
        indicators = [
            indicator_row(criterion, item, next(positions))
            for criterion, stated in zip(self.criterion_rows, self.law.criteria, strict=True)
            for item in stated.indicators
        ]
        changes = self.indicators.settle(indicators)
        positions = count(1)
        measures = [
            measure_row(indicator, item, next(positions))
            for indicator, stated in zip(indicators, self.law.indicators, strict=True)
            for item in stated.measures
        ]
        changes += self.measures.settle(measures)
        thresholds = [
            threshold_row(measure, level)
            for measure, stated in zip(measures, self.law.measures, strict=True)
            for level in stated.levels
        ]
        self._keep_confirmed(thresholds)
        return changes + self.thresholds.settle(thresholds)

    def _keep_confirmed(self, thresholds: Iterable[Threshold]) -> None:
        """Let what an administrator confirmed stand; note where the file says otherwise."""
        confirmed = set(
            ThresholdConfirmation.objects.filter(
                threshold__measure__indicator__criterion__criteria_set=self.criteria_set
            ).values_list("threshold_id", flat=True)
        )
        for row in thresholds:
            old = self.thresholds.standing.get(self.thresholds.key(row))
            if old is None or old.pk not in confirmed:
                continue
            if row.value is not None and row.value != old.value:
                name = self.thresholds.named(row)
                self.notes.append(
                    f"{name} stays {old.value}, as confirmed: the file has {row.value}"
                )
            for name in STATED:
                setattr(row, name, getattr(old, name))

    def _refuse(self) -> None:
        refuse_lost_thresholds(_ids(self.thresholds), self.faults)
        refuse_lost_confirmations(_ids(self.thresholds), self.faults)
        refuse_lost_measures(_ids(self.measures), self.faults)
        refuse_lost_criteria(_ids(self.criteria), self.faults)
        other_kinds = [new.pk for old, new in self.measures.changed if old.kind != new.kind]
        refuse_other_kinds(other_kinds, self.faults)
        self.faults.refuse_if_any()


def _ids(table: Table[Any]) -> list[int]:  # of any model
    return [row.pk for row in table.standing.values()]


def _code(row: CriteriaSet | CriteriaGroup | Criterion | Indicator) -> str:
    return row.code


def _version(measure: Measure) -> str:
    return f"{measure.code} from {measure.valid_from}" if measure.valid_from else measure.code


def _rule(row: Threshold) -> Rule:
    return Rule(
        id=0,
        value=row.value,
        region_code=row.region_code,
        province_code=row.province_code,
        designation=row.designation,
        commune_group=row.commune_group,
        from_year=row.from_year,
        to_year=row.to_year,
    )
