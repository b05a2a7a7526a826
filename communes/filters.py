"""How a list of units is narrowed, on pages and over the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, DateFilter, FilterSet, ModelChoiceFilter

from communes.models import AdministrativeUnit, Designation, Region, Succession
from communes.place_filters import AtPlaceFilter, Place, WithinPlaceFilter
from communes.placements import TODAY
from communes.searching import searched
from ntm_portal.lib.code_filters import CodeFilter

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from communes.querysets import UnitQuerySet


class UnitDayFilter(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Units by day: which version of each is meant."""

    on = DateFilter(method="keep_on", label=_("In force on"))
    map = ChoiceFilter(
        choices=[(TODAY, _("Today’s map"))], method="keep_of_map", label=_("On the map of today")
    )

    def keep_of_map(self, units: UnitQuerySet, _name: str, _map: str) -> UnitQuerySet:
        """Keep the map of today."""
        return units.on(timezone.localdate())

    def keep_on(self, units: UnitQuerySet, _name: str, day: date) -> UnitQuerySet:
        """Keep the map of one day."""
        return units.on(day)


class UnitFilter(UnitDayFilter):
    """Units by day, code, kind, place, region and name."""

    code = CodeFilter(among=AdministrativeUnit.objects.all(), label=_("Official code"))
    level = ChoiceFilter(choices=AdministrativeUnit.Level.choices, label=_("Level"))
    kind = ChoiceFilter(choices=AdministrativeUnit.Kind.choices, label=_("Kind"))
    parent = AtPlaceFilter(
        field_name="parent", label=_("Directly below the unit with this official code")
    )
    within = AtPlaceFilter(
        method="keep_within", label=_("At or below the unit with this official code")
    )
    region = ModelChoiceFilter(
        queryset=Region.objects.all(), to_field_name="code", label=_("Region")
    )
    search = CharFilter(
        method="keep_named",
        label=_("Name, with or without tone marks, and the place it lies in; or code"),
    )

    def keep_within(self, units: UnitQuerySet, _name: str, place: Place) -> UnitQuerySet:
        """Keep a unit and all that lies below it."""
        return units.within(place.paths)

    def keep_named(self, units: UnitQuerySet, _name: str, text: str) -> UnitQuerySet:
        """Keep what is called so, in the place that is named beside it."""
        return searched(units, text).order_by("pk")


class SuccessionFilter(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Successions by either unit, kind and day."""

    predecessor = AtPlaceFilter(
        field_name="predecessor", label=_("The unit that ended, by its official code")
    )
    successor = AtPlaceFilter(
        field_name="successor", label=_("The unit that follows, by its official code")
    )
    kind = ChoiceFilter(choices=Succession.Kind.choices, label=_("What happened"))
    since = DateFilter(
        field_name="effective_date", lookup_expr="gte", label=_("Effective on this day or later")
    )
    until = DateFilter(
        field_name="effective_date", lookup_expr="lte", label=_("Effective on this day or before")
    )


class DesignationFilter(FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Designations by unit, kind and day."""

    unit = AtPlaceFilter(field_name="unit", label=_("Unit, by its official code"))
    within = WithinPlaceFilter(
        field_name="unit", label=_("At or below the unit with this official code")
    )
    kind = ChoiceFilter(choices=Designation.Kind.choices, label=_("Which standing"))
    on = DateFilter(method="keep_on", label=_("In force on"))

    def keep_on(self, rows: QuerySet[Designation], _name: str, day: date) -> QuerySet[Designation]:
        """Keep what is in force on one day."""
        ended = Q(valid_to__isnull=False, valid_to__lt=day)
        return rows.filter(valid_from__lte=day).exclude(ended)
