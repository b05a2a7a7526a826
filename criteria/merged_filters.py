"""How the list of units formed by a merger is narrowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet

from communes.place_filters import WithinPlaceFilter
from criteria.presentation.merged import CONDITIONS, STATES

if TYPE_CHECKING:
    from criteria.querysets import AssessmentQuerySet


class MergedFilter(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Units formed by a merger by place and by how far their review is."""

    within = WithinPlaceFilter(field_name="unit", label=_("At or below the unit"))
    state = ChoiceFilter(
        choices=list(STATES.items()), method="stands", empty_label=_("any"), label=_("Review")
    )

    def stands(self, rows: AssessmentQuerySet, _name: str, value: str) -> AssessmentQuerySet:
        """Keep those that stand so."""
        return rows.filter(CONDITIONS[value])
