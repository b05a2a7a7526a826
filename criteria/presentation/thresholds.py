"""The table of thresholds of a set: what is asked where, how sure it is, and who said so."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from communes.models import AdministrativeUnit, Region
from criteria.assessment.specs import rule_of
from criteria.models import Indicator, Measure, ReportingRound, Threshold
from criteria.presentation.overrides import OverrideNote, override_of
from criteria.presentation.wording import PlaceNames, asked_text, unit_text
from criteria.querysets import in_force_on
from criteria.services.provincial_levels import groups_of, latest_versions
from ntm_portal.lib.text import alphabetical

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from criteria.models import CriteriaSet
    from criteria.scoring.thresholds import Rule

DECEMBER, LAST_DAY = 12, 31
NATION = ("", "", "")
Column = tuple[str, str, str]  # region, group, province: what its thresholds name


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader looks at; empty means everything."""

    region: Region | None = None
    province: AdministrativeUnit | None = None
    year: int | None = None

    @property
    def day(self) -> date | None:
        """Return the last day of the year, by which thresholds are taken."""
        return date(self.year, DECEMBER, LAST_DAY) if self.year else None

    @property
    def region_code(self) -> str:
        """Return the region looked at: that of the province, if there is one."""
        region = self.province.region if self.province else self.region
        return region.code if region else ""


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One threshold: for whom, what it asks, and on which paper it stands."""

    threshold: Threshold
    origin: str
    asks: str


@dataclass(frozen=True, slots=True)
class Row:
    """A measure with what is asked in each column, and everything else that is said of it."""

    measure: Measure
    unit: str
    cells: tuple[tuple[LevelLine, ...], ...]
    lines: tuple[LevelLine, ...]
    provinces_set: int = 0
    provinces_missing: tuple[str, ...] = ()

    @property
    def is_delegated(self) -> bool:
        """Tell whether the law leaves the level to the province."""
        return self.measure.indicator.delegated_to == Indicator.Delegation.PROVINCE


@dataclass(frozen=True, slots=True)
class Table:
    """The table as it is looked at."""

    criteria_set: CriteriaSet
    choice: Choice
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    indicators: int
    provinces: tuple[AdministrativeUnit, ...]
    override: OverrideNote | None = None


def load_table(criteria_set: CriteriaSet, choice: Choice) -> Table:
    """Load the table; the number of queries does not grow with its rows."""
    measures = _measures(criteria_set, choice.day)
    thresholds = _thresholds(measures, choice)
    provinces = provinces_of(criteria_set)
    loading = _Loading(criteria_set, choice, provinces, thresholds)
    return Table(
        criteria_set=criteria_set,
        choice=choice,
        columns=tuple(loading.headings),
        rows=tuple(map(loading.row, measures)),
        indicators=len({item.indicator_id for item in measures}),
        provinces=tuple(provinces),
        override=override_of(criteria_set, loading.names.regions),
    )


def provinces_of(criteria_set: CriteriaSet) -> list[AdministrativeUnit]:
    """Return the provinces on the map of the last round judged by the set, or while it holds."""
    today = timezone.localdate()
    judged = ReportingRound.objects.filter(assessments__criteria_set=criteria_set).last()
    day = judged.reference_date if judged else min(today, criteria_set.valid_to or today)
    found = AdministrativeUnit.objects.on(day).filter(level=AdministrativeUnit.Level.PROVINCE)
    return sorted(found.select_related("region"), key=lambda unit: alphabetical(unit.short_name))


def origin_of(threshold: Threshold) -> str:
    """Say for whom one threshold is; two queries."""
    provinces = AdministrativeUnit.objects.filter(code=threshold.province_code)
    names = PlaceNames(
        {item.code: item.label for item in Region.objects.all()},
        {item.code: item.short_label for item in provinces},
    )
    groups = groups_of(threshold.measure.indicator.criterion.criteria_set)
    rule = rule_of(threshold)
    return names.origin_of(
        replace(rule, commune_group=groups.get(rule.commune_group, rule.commune_group))
    )


class _Loading:
    """What the rows of one table share."""

    def __init__(
        self,
        criteria_set: CriteriaSet,
        choice: Choice,
        provinces: Sequence[AdministrativeUnit],
        thresholds: Mapping[int, Sequence[Threshold]],
    ) -> None:
        self.choice, self.provinces, self.thresholds = choice, provinces, thresholds
        self.groups = groups_of(criteria_set)
        regions = {item.code: item.label for item in Region.objects.all()}
        self.names = PlaceNames(regions, {item.code: item.short_label for item in provinces})
        used = {_column(rule_of(item)) for rows in thresholds.values() for item in rows}
        self.columns = [key for key in self._possible(regions) if key in used or key == NATION]
        self.headings = [self._heading(key) for key in self.columns]

    def row(self, measure: Measure) -> Row:
        """Return the row of a measure."""
        lines = [self._line(measure, item) for item in self.thresholds[measure.pk]]
        by_column: defaultdict[Column, list[LevelLine]] = defaultdict(list)
        for line in lines:
            by_column[_column(rule_of(line.threshold))].append(line)
        row = Row(
            measure=measure,
            unit=unit_text(measure),
            cells=tuple(tuple(by_column[key]) for key in self.columns),
            lines=tuple(lines),
        )
        return self._with_provinces(row) if row.is_delegated else row

    def _with_provinces(self, row: Row) -> Row:
        have = {line.threshold.province_code for line in row.lines} - {""}
        looked_at = [self.choice.province] if self.choice.province else self.provinces
        missing = [item.short_label for item in looked_at if item.code not in have]
        return replace(
            row, provinces_set=len(looked_at) - len(missing), provinces_missing=tuple(missing)
        )

    def _line(self, measure: Measure, threshold: Threshold) -> LevelLine:
        rule = rule_of(threshold)
        named = replace(rule, commune_group=self._group(rule.commune_group))
        return LevelLine(threshold, self.names.origin_of(named), asked_text(measure, rule, ""))

    def _possible(self, regions: Iterable[str]) -> list[Column]:
        only = self.choice.region_code
        province = self.choice.province.code if self.choice.province else ""
        columns: list[Column] = [NATION]
        columns += [(code, "", "") for code in regions if only in {"", code}]
        columns += [("", code, "") for code in self.groups]
        if province:
            columns += [("", code, province) for code in ("", *self.groups)]
        return columns

    def _heading(self, column: Column) -> str:
        region, group, province = column
        named = (self.names.provinces.get(province, province), self._group(group))
        return ", ".join(filter(None, [self.names.regions.get(region, ""), *named])) or _(
            "whole country"
        )

    def _group(self, code: str) -> str:
        return self.groups.get(code, code)


def _measures(criteria_set: CriteriaSet, day: date | None) -> list[Measure]:
    found = Measure.objects.filter(indicator__criterion__criteria_set=criteria_set)
    found = found.select_related("indicator__criterion__group")
    if day:
        return list(found.filter(in_force_on(day)))
    return latest_versions(found)


def _thresholds(measures: Sequence[Measure], choice: Choice) -> defaultdict[int, list[Threshold]]:
    by_measure: defaultdict[int, list[Threshold]] = defaultdict(list)
    found = Threshold.objects.in_force(choice.day).filter(measure__in=measures)
    if choice.year:
        found = found.filter(from_year__lte=choice.year, to_year__gte=choice.year)
    if choice.region_code:
        found = found.filter(region_code__in=["", choice.region_code])
    if choice.province:
        found = found.filter(province_code__in=["", choice.province.code])
    for threshold in found.select_related("decision").order_by("province_code", "pk"):
        by_measure[threshold.measure_id].append(threshold)
    return by_measure


def _column(rule: Rule) -> Column:
    """Return where it stands in the table; what names more axes stands among the details."""
    if rule.designation or rule.names_years:
        return "?", "", ""
    return rule.region_code, rule.commune_group, rule.province_code
