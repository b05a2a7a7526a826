"""Workbooks of the portal, filled in as people do."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

if TYPE_CHECKING:
    from django.test import Client

Cells = dict[tuple[int, int], Any]  # by row and column, from one


def rows_of(client: Client, address: str) -> list[tuple[Any, ...]]:
    """Return what stands in the workbook at the address."""
    book = load_workbook(BytesIO(client.get(address).content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return rows


def send_filled(client: Client, download: str, upload: str, cells: Cells, **typed: str) -> Any:
    """Fill in the workbook at `download` and send it to `upload`; return the answer."""
    book = load_workbook(BytesIO(client.get(download).content))
    for (row, column), value in cells.items():
        book.worksheets[0].cell(row, column, value)
    filled = BytesIO()
    book.save(filled)
    book.close()
    workbook = SimpleUploadedFile("a.xlsx", filled.getvalue())
    return client.post(upload, {**typed, "workbook": workbook})
