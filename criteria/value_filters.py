"""How lists of values and of verdicts are narrowed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, DateTimeFilter, FilterSet, ModelChoiceFilter

from communes.place_filters import AtPlaceFilter, WithinPlaceFilter
from criteria.models import Assessment, ReportingRound
from criteria.models.assessments import Basis, VerdictChoice


def _round(field_name: str) -> ModelChoiceFilter:
    return ModelChoiceFilter(
        field_name=field_name,
        queryset=ReportingRound.objects.all(),
        to_field_name="code",
        label=_("Round, by its code"),
    )


class ValueFilter(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Values by round, place, what is measured, verdict and last change."""

    round = _round("assessment__round")
    unit = AtPlaceFilter(field_name="assessment__unit", label=_("Unit, by its official code"))
    within = WithinPlaceFilter(
        field_name="assessment__unit", label=_("At or below the unit with this official code")
    )
    status = ChoiceFilter(
        field_name="assessment__status", choices=Assessment.Status.choices, label=_("Status")
    )
    measure = CharFilter(field_name="measure__code", label=_("What is measured, by its code"))
    criterion = CharFilter(
        field_name="measure__indicator__criterion__code", label=_("Criterion, by its code")
    )
    verdict = ChoiceFilter(choices=VerdictChoice.choices, label=_("Verdict"))
    updated_since = DateTimeFilter(
        field_name="updated_at", lookup_expr="gte", label=_("Changed at this moment or later")
    )


class VerdictFilter(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Verdicts by round, place, criterion and basis."""

    round = _round("outcome__assessment__round")
    unit = AtPlaceFilter(
        field_name="outcome__assessment__unit", label=_("Unit, by its official code")
    )
    within = WithinPlaceFilter(
        field_name="outcome__assessment__unit",
        label=_("At or below the unit with this official code"),
    )
    basis = ChoiceFilter(
        field_name="outcome__basis",
        choices=Basis.choices,
        label=_("Values as typed, or as last verified"),
    )
    criterion = CharFilter(field_name="criterion__code", label=_("Criterion, by its code"))
    verdict = ChoiceFilter(choices=VerdictChoice.choices, label=_("Verdict"))
