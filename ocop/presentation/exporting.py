"""The register of products as a workbook or as CSV."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ntm_portal.lib.workbooks import Column, Table, write_workbook
from ocop.presentation.listing import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ntm_portal.lib.workbooks.writing import Written
    from ocop.models import Product
    from ocop.presentation.listing import ProductLine

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def headings() -> tuple[tuple[str, int], ...]:
    """Return the headings and how wide their columns are."""
    return (
        *((_("Number"), 10), (_("Product"), 40), (_("Group"), 20), (_("Producer"), 40)),
        *((_("Kind of producer"), 20), (_("Tax code"), 16), (_("Commune"), 24)),
        *((_("Code of the commune"), 12), (_("Stars"), 8), (_("Decision"), 24)),
        *((_("Valid from"), 14), (_("Valid to"), 14), (_("State"), 16)),
    )


def workbook_of(rows: list[Product], day: date) -> bytes:
    """Return the products with the certificate that speaks for each on the day."""
    columns = [Column((heading,), width, is_locked=True) for heading, width in headings()]
    return write_workbook([Table(_("OCOP products"), columns, cells(rows, day))])


def csv_lines(rows: list[Product], day: date) -> Iterator[str]:
    """Yield the lines of the CSV; what a spreadsheet would run as a formula is quoted."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([heading for heading, _width in headings()])
    for row in cells(rows, day):
        yield writer.writerow([_plain(value) for value in row])


def cells(rows: list[Product], day: date) -> Iterator[tuple[Written, ...]]:
    """Yield what stands in each line."""
    states = {
        "in-force": _("in force"),
        "expiring": _("in force"),
        "ended": _("ended"),
        "revoked": _("revoked"),
        "none": _("never certified"),
    }
    for line in _lines(rows, day):
        row, held = line.row, line.certificate
        yield (
            *(row.pk, row.name, str(row.get_group_display()), row.producer.name),
            *(str(row.producer.get_kind_display()), row.producer.tax_code),
            *(row.commune.name, row.commune.code),
            *((held.stars, held.decision_number) if held else (None, None)),
            *((held.valid_from, held.valid_to) if held else (None, None)),
            states[line.state],
        )


def _lines(rows: list[Product], day: date) -> Iterator[ProductLine]:
    for start in range(0, len(rows), 500):
        yield from lines_of(rows[start : start + 500], day)


class _Echo:
    """Hands back what a CSV writer writes."""

    def write(self, line: str) -> str:
        return line


def _plain(value: Written) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
