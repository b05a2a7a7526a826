"""How the log of changes is narrowed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, DateFilter, FilterSet, ModelChoiceFilter

from communes.place_filters import WithinPlaceFilter
from criteria.models import Assessment, Measure, ReportingRound, ValueChange
from ntm_portal.lib.code_filters import CodeFilter

if TYPE_CHECKING:
    from django.db.models import QuerySet


FULL_NAME = Concat("by__first_name", Value(" "), "by__last_name")


def _round(field_name: str) -> ModelChoiceFilter:
    return ModelChoiceFilter(
        field_name=field_name,
        queryset=ReportingRound.objects.all(),
        to_field_name="code",
        label=_("Round"),
        empty_label=_("All rounds"),
    )


# What was carried is nobody's act and has no line: its page says from which round it came.
WAYS = [item for item in ValueChange.Channel.choices if item[0] != ValueChange.Channel.CARRIED]


class _LogFilter(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """What changes and steps are narrowed by alike."""

    who = CharFilter(method="by_person", label=_("Person"), max_length=100)
    since = DateFilter(
        field_name="at",
        lookup_expr="date__gte",
        label=_("From the day"),
        widget=forms.DateInput({"type": "date"}),
    )
    until = DateFilter(
        field_name="at",
        lookup_expr="date__lte",
        label=_("To the day"),
        widget=forms.DateInput({"type": "date"}),
    )

    late = ChoiceFilter(
        choices=[("yes", _("after the round had closed")), ("no", _("in time"))],
        method="by_time",
        label=_("Entered"),
        empty_label=_("At any time"),
    )

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything narrows the list."""
        return any(self.data.get(name) for name in self.filters)

    def by_time(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Keep what was done late, or what was not."""
        return rows.filter(late__isnull=value == "no")

    def by_person(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Keep what people so named did."""
        named = value.strip()
        rows = rows.annotate(full_name=FULL_NAME)
        return rows.filter(Q(by__username__iexact=named) | Q(full_name__icontains=named))


class ChangeFilter(_LogFilter):
    """Changes by round, place, what is measured and way too."""

    round = _round("value__assessment__round")
    within = WithinPlaceFilter(field_name="value__assessment__unit", label=_("Unit, by its code"))
    measure = CodeFilter(
        "value__measure__code", among=Measure.objects.all(), label=_("Indicator, by its code")
    )
    channel = ChoiceFilter(choices=WAYS, label=_("Way"), empty_label=_("All ways"))


class StepFilter(_LogFilter):
    """Steps by round, place and where they led too."""

    round = _round("assessment__round")
    within = WithinPlaceFilter(field_name="assessment__unit", label=_("Unit, by its code"))
    to_status = ChoiceFilter(
        choices=Assessment.Status.choices, label=_("Step"), empty_label=_("All steps")
    )
