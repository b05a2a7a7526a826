"""What is posted about a workbook: which column holds what, and which value wins a conflict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _

from criteria.excel.mapping import UNIT
from criteria.services.uploads import Choice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import QueryDict

    from criteria.excel.mapping import ColumnGuess
    from criteria.models import Measure

_LONGEST = 70
THEIRS, MINE = "theirs", "mine"


class ColumnsForm(forms.Form):
    """A choice for each column of the sheet: the commune, an indicator, or nothing."""

    def __init__(
        self,
        columns: Sequence[ColumnGuess],
        measures: Sequence[Measure],
        data: QueryDict | None = None,
    ) -> None:
        super().__init__(data)
        choices = [
            ("", _("not used")),
            (UNIT, _("the commune: its code or its name")),
            *((item.code, f"{item.code} {item.label}"[:_LONGEST]) for item in measures),
        ]
        for guess in columns:
            self.fields[f"column-{guess.column}"] = forms.ChoiceField(
                label=guess.heading, choices=choices, required=False, initial=guess.holds
            )

    def clean(self) -> dict[str, str]:
        """Refuse a layout without communes or indicators, or with one of them twice."""
        held = [text for text in self._held.values() if text]
        if held.count(UNIT) != 1:
            raise forms.ValidationError(_("Say of exactly one column that it holds the commune."))
        if len(held) < 2:
            raise forms.ValidationError(_("Say of at least one column which indicator it holds."))
        if twice := sorted({code for code in held if held.count(code) > 1}):
            sentence = _("Two columns are said to hold the same indicator: %(codes)s.")
            raise forms.ValidationError(sentence % {"codes": ", ".join(twice)})
        return self.cleaned_data

    @property
    def unit_column(self) -> int:
        """Return the column with the communes."""
        return next(column for column, held in self._held.items() if held == UNIT)

    @property
    def columns(self) -> dict[int, str]:
        """Return the codes of the indicators by column."""
        return {column: held for column, held in self._held.items() if held not in {"", UNIT}}

    @property
    def _held(self) -> dict[int, str]:
        return {int(name.removeprefix("column-")): held for name, held in self.cleaned_data.items()}


def choices_from(data: QueryDict) -> Mapping[tuple[int, str], Choice]:
    """Return what she chose in each conflict: `choice-ID-CODE` is "theirs" or "mine:VERSION"."""
    found = {}
    for name, text in data.items():
        if not name.startswith("choice-"):
            continue
        _prefix, pk, code = name.split("-", 2)
        which, _colon, version = str(text).partition(":")
        if which in {THEIRS, MINE} and pk.isdigit() and (which == THEIRS or version.isdigit()):
            seen = int(version) if which == MINE else None
            found[int(pk), code] = Choice(takes_mine=which == MINE, seen_version=seen)
    return found
