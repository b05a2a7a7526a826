"""How lists of values and of verdicts are narrowed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from communes.place_filters import AtPlaceFilter, WithinPlaceFilter
from criteria.models import Assessment, Criterion, Measure, ReportingRound
from criteria.models.assessments import Basis, VerdictChoice
from ntm_portal.lib.code_filters import CodeFilter
from ntm_portal.lib.moments import MomentFilter


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
    measure = CodeFilter(
        "measure__code", among=Measure.objects.all(), label=_("What is measured, by its code")
    )
    criterion = CodeFilter(
        "measure__indicator__criterion__code",
        among=Criterion.objects.all(),
        label=_("Criterion, by its code"),
    )
    verdict = ChoiceFilter(choices=VerdictChoice.choices, label=_("Verdict"))
    updated_since = MomentFilter(
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
    criterion = CodeFilter(
        "criterion__code", among=Criterion.objects.all(), label=_("Criterion, by its code")
    )
    verdict = ChoiceFilter(choices=VerdictChoice.choices, label=_("Verdict"))
