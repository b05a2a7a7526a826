"""A filter by a moment, whatever clock it was read from."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django_filters import DateTimeFilter

FIRST = datetime.min.replace(tzinfo=UTC)
LAST = datetime.max.replace(tzinfo=UTC)


class MomentField(forms.DateTimeField):
    """A moment, brought to UTC: databases know fewer offsets than there may be in a text."""

    def to_python(self, value: Any) -> datetime | None:  # whatever was sent
        """Return the moment; outside the years there are, the nearest there is."""
        moment = super().to_python(value)
        if moment is None:
            return None
        try:
            return moment.astimezone(UTC)
        except OverflowError:
            return FIRST if moment.year == FIRST.year else LAST


class MomentFilter(DateTimeFilter):  # type: ignore[misc]  # django-filter ships no types
    """Django-filter's own, for moments with any offset."""

    field_class = MomentField
