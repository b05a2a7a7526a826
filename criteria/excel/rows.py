"""Which commune a row of a sheet is about: by its official code, or by its name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ntm_portal.lib.text import fold
from ntm_portal.lib.workbooks import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from criteria.excel.layout import Layout
    from criteria.excel.selection import Selection
    from criteria.models import Assessment
    from ntm_portal.lib.workbooks import Sheet

_SUMS = ("tong", "total", "cong", "trung binh")


@dataclass(frozen=True)
class UnitFinder:
    """Finds the commune of each row, and says which rows are about none or about one twice."""

    sheet: Sheet
    layout: Layout
    selection: Selection
    faults: list[Fault]

    def rows(self) -> Iterator[tuple[int, Assessment]]:
        """Yield each row with its assessment; blank rows and rows of sums are passed over."""
        seen: dict[int, int] = {}
        for row in range(self.layout.header_row + 1, len(self.sheet.rows) + 1):
            text = self.sheet.text(row, self.layout.unit_column)
            if not text and self._is_blank(row):
                continue
            if fold(text).startswith(_SUMS):
                continue
            assessment = self._find(text, row)
            if assessment is None:
                continue
            if (first := seen.setdefault(assessment.pk, row)) != row:
                sentence = _("%(unit)s stands in row %(row)s too. Keep one of the two rows.")
                self._fault(sentence % {"unit": assessment.unit.label, "row": first}, row)
                continue
            yield row, assessment

    def _find(self, text: str, row: int) -> Assessment | None:
        found = self._by_name.get(_key(text), [])
        if not text:
            self._fault(_("This row has values but says not for which commune."), row)
        elif not found:
            sentence = _("No commune of this list has the code or name “%(text)s”.")
            self._fault(sentence % {"text": text[:60]}, row)
        elif len(found) > 1:
            sentence = _("%(count)s communes are called “%(text)s”. Write the official code.")
            self._fault(sentence % {"count": len(found), "text": text[:60]}, row)
        return found[0] if len(found) == 1 else None

    @cached_property
    def _by_name(self) -> Mapping[str, list[Assessment]]:
        found: defaultdict[str, list[Assessment]] = defaultdict(list)
        for item in self.selection.assessments:
            unit = item.unit
            for key in {unit.code.lstrip("0"), *map(fold, (unit.name, unit.name_en))}:
                if key:
                    found[key].append(item)
            short = fold(unit.short_name)
            if item not in found[short]:
                found[short].append(item)
        return found

    def _is_blank(self, row: int) -> bool:
        return all(self.sheet.cell(row, column).is_empty for column in self.layout.columns)

    def _fault(self, sentence: str, row: int) -> None:
        self.faults.append(Fault(sentence, self.sheet.name, row, self.layout.unit_column))


def _key(text: str) -> str:
    """Return the text as it is looked up: Excel takes the zeros in front of a code away."""
    return text.lstrip("0") if text.isdigit() else fold(text)
