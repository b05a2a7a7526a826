"""A filter by a code that must be known: what nothing has is refused, not answered with nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django_filters import CharFilter

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from django.db.models import QuerySet


class CodeField(forms.CharField):
    """A code that something has."""

    known: Callable[[str], bool]

    def __init__(self, *, known: Callable[[str], bool], **kwargs: Any) -> None:  # Django's own
        """Know how to find out whether a code is known."""
        super().__init__(**kwargs)
        self.known = known

    def clean(self, value: Any) -> str:  # whatever the query holds
        """Return the code, or refuse one that nothing has."""
        code: str = super().clean(value)
        if code and not self.known(code):
            sentence = _("“%(value)s” is not a code that is known here.")
            raise ValidationError(sentence, code="unknown-code", params={"value": code})
        return code


class CodeFilter(CharFilter):  # type: ignore[misc]  # django-filter ships no types
    """Keep the rows with this code; `among` are the rows, or the codes, that are known."""

    field_class = CodeField

    def __init__(
        self,
        field_name: str | None = None,
        *,
        among: QuerySet[Any] | Collection[str],  # rows of any model
        by: str = "code",
        **kwargs: Any,
    ) -> None:
        """Take what django-filter takes, and where the codes are known."""
        super().__init__(field_name, known=_lookup(among, by), **kwargs)


def _lookup(among: QuerySet[Any] | Collection[str], by: str) -> Callable[[str], bool]:
    if isinstance(among, dict | set | frozenset | tuple | list):
        return lambda code: code in among
    return lambda code: among.filter(**{by: code}).exists()  # type: ignore[union-attr]  # a query
