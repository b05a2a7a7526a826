"""Fields by which long lists are narrowed, written without a template for each choice.

A page of a register has a hundred choices; Django's own widgets render two templates for each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.forms.utils import flatatt
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from collections.abc import Iterable


class PlainSelect(forms.Select):
    """A list of choices without groups."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Write the list."""
        return format_html(
            "<select{}>{}</select>",
            flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name})),
            options(self.choices, "" if value is None else str(value)),
        )


class PlainInput(forms.TextInput):
    """A line to type in."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Write the line with what was typed."""
        said = {**(attrs or {}), "type": "text", "name": name}
        shown = self.format_value(value)
        if shown:
            said["value"] = shown
        return format_html("<input{}>", flatatt(self.build_attrs(self.attrs, said)))


class ChoiceFilter(django_filters.ChoiceFilter):  # type: ignore[misc]  # ships no types
    """Django-filter's own, with a plain list."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # theirs
        super().__init__(*args, **{"widget": PlainSelect, **kwargs})


class CharFilter(django_filters.CharFilter):  # type: ignore[misc]  # ships no types
    """Django-filter's own, with a plain line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # theirs
        super().__init__(*args, **{"widget": PlainInput, **kwargs})


class DateFilter(django_filters.DateFilter):  # type: ignore[misc]  # ships no types
    """Django-filter's own, with a plain line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # theirs
        super().__init__(*args, **{"widget": PlainInput, **kwargs})


def options(choices: Iterable[tuple[Any, Any]], chosen: str) -> SafeString:
    """Write the choices, the chosen one marked."""
    written = (_option(str(value), label, chosen) for value, label in choices)
    return mark_safe("".join(written))  # noqa: S308  (each is escaped)


def _option(value: str, label: object, chosen: str) -> str:
    mark = " selected" if value == chosen else ""
    return f'<option value="{escape(value)}"{mark}>{escape(label)}</option>'
