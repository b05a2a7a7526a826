"""Filters by place that the lists of every app share: one unit, or all that lies within it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django_filters import CharFilter

from communes.models import AdministrativeUnit
from communes.querysets import path_within

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Place:
    """An official code and the paths that its versions had on the map."""

    code: str
    paths: tuple[str, ...]


class PlaceField(forms.CharField):
    """An official code; one that no unit ever had is refused."""

    def clean(self, value: Any) -> Place | None:  # whatever the query holds
        """Return the place of the code, or nothing when none was asked for."""
        code = super().clean(value)
        if not code:
            return None
        versions = AdministrativeUnit.objects.filter(code=code).order_by("path")
        paths = tuple(versions.values_list("path", flat=True).distinct())
        if not paths:
            sentence = _("No unit has the official code “%(code)s”.")
            raise ValidationError(sentence, code="unknown-unit", params={"code": code})
        return Place(code, paths)


class AtPlaceFilter(CharFilter):  # type: ignore[misc]  # django-filter ships no types
    """Keep the rows of one unit, in any version; `field_name` leads to the unit."""

    field_class = PlaceField

    def filter(self, rows: QuerySet[Any], place: Place | None) -> QuerySet[Any]:  # of any model
        """Narrow `rows`, if a place is given."""
        return rows if place is None else rows.filter(**{f"{self.field_name}__code": place.code})


class WithinPlaceFilter(AtPlaceFilter):
    """Keep the rows of a unit and of all that lies below it."""

    def filter(self, rows: QuerySet[Any], place: Place | None) -> QuerySet[Any]:  # of any model
        """Narrow `rows`, if a place is given."""
        if place is None:
            return rows
        return rows.filter(path_within(place.paths, f"{self.field_name}__path"))
