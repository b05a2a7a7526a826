"""The form that states how many people and households each former unit brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from criteria.merging.formers import Former

MOST = 2_000_000


class SizesForm(forms.Form):
    """Two fields for each former unit: `people-CODE` and `households-CODE`."""

    def __init__(self, data: Mapping[str, str] | None, formers: Sequence[Former]) -> None:
        super().__init__(data)
        self.codes = [former.unit.code for former in formers]
        for former in formers:
            for name, label, known in (
                ("people", _("People of %(unit)s"), former.population),
                ("households", _("Households of %(unit)s"), former.households),
            ):
                self.fields[f"{name}-{former.unit.code}"] = forms.IntegerField(
                    label=label % {"unit": former.unit.label},
                    min_value=1,
                    max_value=MOST,
                    required=False,
                    initial=known,
                )

    @property
    def sizes(self) -> dict[str, tuple[int | None, int | None]]:
        """Return what was stated, by code."""
        found = self.cleaned_data
        return {code: (found[f"people-{code}"], found[f"households-{code}"]) for code in self.codes}
