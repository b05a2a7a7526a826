"""A filter by a whole number between two bounds: those it is described with are those it holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django_filters import NumberFilter
from drf_spectacular.utils import extend_schema_field

if TYPE_CHECKING:
    from django.db.models import QuerySet


class DigitsField(forms.IntegerField):
    """A whole number in digits; Django's own also takes `4.0`."""

    re_decimal = re.compile(r"(?!)")  # nothing is cut off


class WholeNumberFilter(NumberFilter):  # type: ignore[misc]  # django-filter ships no types
    """Keep the rows with this number; with `is_read_elsewhere` only see that it is one."""

    field_class = DigitsField

    def __init__(
        self,
        field_name: str | None = None,
        *,
        least: int,
        most: int,
        is_read_elsewhere: bool = False,
        **kwargs: Any,  # django-filter's own
    ) -> None:
        """Take what django-filter takes, and the bounds."""
        super().__init__(field_name, min_value=least, max_value=most, **kwargs)
        self.is_read_elsewhere = is_read_elsewhere
        described = {"type": "integer", "minimum": least, "maximum": most}
        described |= {"description": kwargs.get("label", "")}
        extend_schema_field(described)(self)

    def filter(self, rows: QuerySet[Any], number: int | None) -> QuerySet[Any]:  # of any model
        """Narrow `rows`, unless somebody else reads the number."""
        return rows if self.is_read_elsewhere else super().filter(rows, number)
