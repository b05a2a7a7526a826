"""Form fields that read days and numbers as people write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, ClassVar, TypeVar

from django import forms
from django.core.exceptions import ValidationError

from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.numbers import NumberNotUnderstood, format_decimal, parse_decimal

DAY_FORMATS = ["%d/%m/%Y", "%Y-%m-%d", "%d %b %Y"]
SavedT = TypeVar("SavedT")


class DayField(forms.DateField):
    """A day, written 31/12/2020."""

    def __init__(self, **kwargs: Any) -> None:  # Django's own arguments
        """Take the ways of writing a day that the portal knows."""
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "day"}
        widget = forms.DateInput(attrs=attrs, format=DAY_FORMATS[0])
        super().__init__(input_formats=DAY_FORMATS, widget=widget, **kwargs)


class NumberField(forms.CharField):
    """A number in the form of the reader's language: 1.234,5 in Vietnamese."""

    def __init__(self, *, places: int = 2, **kwargs: Any) -> None:  # Django's own arguments
        """Know how many digits are kept after the mark."""
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "number"}
        super().__init__(widget=forms.TextInput(attrs=attrs), max_length=30, **kwargs)
        self.places = places

    def prepare_value(self, value: Any) -> Any:  # what is typed, or what is stored
        """Write a stored number as the reader does."""
        return format_decimal(value) if isinstance(value, Decimal | int) else value

    def clean(self, value: Any) -> Any:  # whatever was typed; a number or nothing comes back
        """Return the number, or nothing for an empty field."""
        text = super().clean(value)
        if not text:
            return None
        try:
            number = parse_decimal(text)
        except NumberNotUnderstood as error:
            raise ValidationError(str(error), code="not-a-number") from error
        return round(number, self.places) if self.places else int(number)


class RegisterForm(forms.Form):
    """A form whose service may object; each objection stands at its field, or above the form."""

    at_field: ClassVar[Mapping[str, str]] = {}

    def attempt(self, do: Callable[[], SavedT]) -> SavedT | None:
        """Return what `do` returns; nothing, with the sentence in its place, when it refuses."""
        try:
            return do()
        except DomainError as objection:
            self.object(objection)
            return None

    def object(self, objection: DomainError) -> None:
        """Put one objection where it belongs."""
        field = self.at_field.get(objection.code, objection.code)
        self.add_error(field if field in self.fields else None, str(objection))
