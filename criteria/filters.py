"""How lists of rounds and assessments are narrowed, on pages and over the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

from communes.place_filters import AtPlaceFilter, WithinPlaceFilter
from criteria.models import Assessment, CriteriaSet, ReportingRound
from criteria.querysets import SHOWN

if TYPE_CHECKING:
    from criteria.querysets import AssessmentQuerySet


class RoundFilter(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Rounds by what may be done with them."""

    status = ChoiceFilter(choices=ReportingRound.Status.choices, label=_("Status"))


class AssessmentFilter(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Assessments by round, place, status and set."""

    round = ModelChoiceFilter(
        queryset=ReportingRound.objects.all(), to_field_name="code", label=_("Round, by its code")
    )
    unit = AtPlaceFilter(field_name="unit", label=_("Unit, by its official code"))
    within = WithinPlaceFilter(
        field_name="unit", label=_("At or below the unit with this official code")
    )
    status = ChoiceFilter(choices=Assessment.Status.choices, label=_("Status"))
    criteria_set = ModelChoiceFilter(
        queryset=CriteriaSet.objects.all(),
        to_field_name="code",
        label=_("Criteria set, by its code"),
    )


class WorklistFilter(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """The communes of a worklist by what is still to do, and by name."""

    show = ChoiceFilter(
        choices=[(key, key) for key in SHOWN], method="standing", label=_("What to show")
    )
    q = CharFilter(method="named", label=_("Name or code of a commune"))

    def standing(self, rows: AssessmentQuerySet, _name: str, value: str) -> AssessmentQuerySet:
        """Keep those that stand as the choice says."""
        return rows.filter(SHOWN[value])

    def named(self, rows: AssessmentQuerySet, _name: str, value: str) -> AssessmentQuerySet:
        """Keep those whose commune, or the unit it lies in, has this name or code."""
        return rows.of_units_named(value)
