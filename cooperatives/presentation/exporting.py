"""The register as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cooperatives.presentation.listing import lines_of
from ntm_portal.lib.workbooks import Column, Table, write_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from cooperatives.models import Cooperative
    from ntm_portal.lib.workbooks.writing import Written


def workbook_of(rows: Iterable[Cooperative], day: date) -> bytes:
    """Return the cooperatives with what they reported last, up to the day."""
    headings = (
        *((_("Number"), 10), (_("Name"), 44), (_("Kind"), 16), (_("Field"), 16)),
        *((_("Commune"), 24), (_("Code of the commune"), 12), (_("Tax code"), 16)),
        *((_("Registered on"), 14), (_("Ended on"), 14), (_("Members"), 10)),
        *((_("Year of the return"), 10), (_("Score"), 10), (_("Rating"), 14)),
        *((_("Size"), 12), (_("Effective"), 12)),
    )
    columns = [Column((heading,), width, is_locked=True) for heading, width in headings]
    return write_workbook([Table(_("Cooperatives"), columns, _cells(list(rows), day))])


def _cells(rows: list[Cooperative], day: date) -> Iterator[tuple[Written, ...]]:
    for start in range(0, len(rows), 500):
        for line in lines_of(rows[start : start + 500], day):
            row, says = line.row, line.says
            yield (
                *(row.pk, row.name, str(row.get_kind_display()), str(row.get_sector_display())),
                *(row.commune.name, row.commune.code, row.tax_code),
                *(row.registered_on, row.dissolved_on, row.members),
                *(
                    (says.year, says.score, str(says.get_rating_display()))
                    if says
                    else (None, None, None)
                ),
                str(says.get_size_display()) if says else None,
                (_("yes") if says.is_effective else _("no")) if says else None,
            )
