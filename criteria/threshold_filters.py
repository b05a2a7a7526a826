"""How the table of thresholds is narrowed: by region, province and year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from communes.models import Region
from criteria.presentation.thresholds import Choice, provinces_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from criteria.models import CriteriaSet

FIRST_YEAR, LAST_YEAR = 2009, 2100


class ChoiceForm(forms.Form):
    """What the reader wants to look at; everything may be left open."""

    region = forms.ChoiceField(required=False, label=_("Region"))
    province = forms.ChoiceField(required=False, label=_("Province"))
    year = forms.IntegerField(
        required=False, label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )

    def __init__(self, criteria_set: CriteriaSet, data: Mapping[str, str]) -> None:
        super().__init__(data=data, auto_id="%s")
        self.regions = {item.code: item for item in Region.objects.all()}
        self.provinces = {item.code: item for item in provinces_of(criteria_set)}
        self._offer("region", {code: item.label for code, item in self.regions.items()})
        self._offer("province", {code: item.short_label for code, item in self.provinces.items()})

    @property
    def choice(self) -> Choice:
        """Return what was chosen; what was not understood is as if left open."""
        self.is_valid()
        given = self.cleaned_data
        return Choice(
            region=self.regions.get(given.get("region", "")),
            province=self.provinces.get(given.get("province", "")),
            year=given.get("year"),
        )

    def _offer(self, name: str, labels: Mapping[str, str]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the types only
        field.choices = [("", _("all")), *labels.items()]
