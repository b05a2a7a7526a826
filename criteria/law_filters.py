"""How lists of the law are narrowed: sets, measures, thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, DateFilter, FilterSet, ModelChoiceFilter

from communes.models import AdministrativeUnit, Region
from criteria.models import CriteriaSet, Criterion, Measure
from criteria.models.sets import Confidence
from criteria.querysets import in_force_on
from ntm_portal.lib.code_filters import CodeFilter

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet


def _set(field_name: str) -> ModelChoiceFilter:
    return ModelChoiceFilter(
        field_name=field_name,
        queryset=CriteriaSet.objects.all(),
        to_field_name="code",
        label=_("Criteria set, by its code"),
    )


class _InForce(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    on = DateFilter(method="keep_on", label=_("In force on"))

    # Of sets, measures or thresholds: each has its first and its last day.
    def keep_on(self, rows: QuerySet[Any], _name: str, day: date) -> QuerySet[Any]:
        """Keep what is in force on one day."""
        return rows.filter(in_force_on(day))


class CriteriaSetFilter(_InForce):
    """Sets by day, level and standard."""

    level = ChoiceFilter(choices=CriteriaSet.Level.choices, label=_("Level of the units"))
    standard = ChoiceFilter(choices=CriteriaSet.Standard.choices, label=_("Standard"))


class MeasureFilter(_InForce):
    """Measures by day, set, criterion, code and kind."""

    criteria_set = _set("indicator__criterion__criteria_set")
    criterion = CodeFilter(
        "indicator__criterion__code",
        among=Criterion.objects.all(),
        label=_("Criterion, by its code"),
    )
    code = CodeFilter(among=Measure.objects.all(), label=_("What is measured, by its code"))
    kind = ChoiceFilter(choices=Measure.Kind.choices, label=_("Kind of number"))


class ThresholdFilter(_InForce):
    """Thresholds by day, set, measure, whom they are for and how sure they are."""

    criteria_set = _set("measure__indicator__criterion__criteria_set")
    measure = CodeFilter(
        "measure__code", among=Measure.objects.all(), label=_("What is measured, by its code")
    )
    region = CodeFilter("region_code", among=Region.objects.all(), label=_("Region, by its code"))
    province = CodeFilter(
        "province_code",
        among=AdministrativeUnit.objects.filter(level=AdministrativeUnit.Level.PROVINCE),
        label=_("Province, by its official code"),
    )
    confidence = ChoiceFilter(choices=Confidence.choices, label=_("How sure the portal is"))


class ResolvedFilter(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """The day and the set by which the thresholds of one unit are looked at."""

    on = DateFilter(method="as_is", label=_("On this day; without it today"))
    criteria_set = ModelChoiceFilter(
        queryset=CriteriaSet.objects.all(),
        to_field_name="code",
        method="as_is",
        label=_("Criteria set, by its code; without it the one in force"),
    )

    def as_is(self, units: QuerySet[Any], _name: str, _value: object) -> QuerySet[Any]:
        """Leave the units as they are: the address names the one, nothing is left to narrow."""
        return units
