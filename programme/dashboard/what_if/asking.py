"""What an address supposes: that communes met a criterion, another level, another pace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from ntm_portal.lib.numbers import NumberNotUnderstood, format_decimal, parse_decimal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from criteria.models import Criterion, Measure


class Who(models.TextChoices):
    """Which communes are supposed to meet a criterion."""

    ALL = "all", _("all communes here")
    ONE_SHORT = "one_short", _("those that lack nothing else")


class LevelField(forms.CharField):
    """A level, written as the reader writes numbers or as addresses do."""

    def clean(self, value: Any) -> Decimal | None:  # whatever the query holds
        """Return the number, or nothing when none was asked for."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_decimal(text)
        except NumberNotUnderstood as problem:
            raise forms.ValidationError(problem.sentence) from problem

    def prepare_value(self, value: Any) -> Any:  # a text as typed, or a number
        """Write a number as the reader does."""
        return value if value is None or isinstance(value, str) else format_decimal(value)


class Supposition(forms.Form):
    """The form of the page; its address is what is shared."""

    met = forms.ChoiceField(required=False, label=_("These communes met criterion"))
    who = forms.ChoiceField(required=False, choices=Who.choices, label=_("Which communes"))
    measure = forms.ChoiceField(required=False, label=_("The level of indicator"))
    level = LevelField(required=False, label=_("were"), max_length=20)
    best_third = forms.BooleanField(
        required=False, label=_("The pace of the best third of the units below held everywhere")
    )

    def __init__(
        self,
        *args: Any,
        criteria: Iterable[Criterion],
        measures: Iterable[Measure],
        is_of_group: bool = False,
        **kwargs: Any,
    ) -> None:
        """Offer these criteria and measures; the rest is Django's, hence `Any`.

        A pace is that of whole units, so it is not asked of a focus group.
        """
        super().__init__(*args, **kwargs)
        if is_of_group:
            del self.fields["best_third"]
        nothing = ("", "–")
        met, measure = self.fields["met"], self.fields["measure"]
        assert isinstance(met, forms.ChoiceField)  # noqa: S101  (declared above)
        assert isinstance(measure, forms.ChoiceField)  # noqa: S101  (declared above)
        met.choices = [nothing, *((item.code, f"{item.code} {item.label}") for item in criteria)]
        measure.choices = [
            nothing,
            *((item.code, f"{item.code} {item.label}"[:90]) for item in measures),
        ]

    def clean(self) -> dict[str, Any]:  # as Django's
        """Ask for a level and its indicator together."""
        asked = super().clean() or {}
        if bool(asked.get("measure")) != (asked.get("level") is not None) and not self.errors:
            field = "level" if asked.get("measure") else "measure"
            self.add_error(field, _("Choose an indicator and type its level: one needs the other."))
        return asked

    @property
    def supposes_verdicts(self) -> bool:
        """Tell whether verdicts would be others."""
        asked = self.cleaned_data
        return bool(asked.get("met") or asked.get("measure"))
