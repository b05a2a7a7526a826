"""Excel workbooks: read safely, every fault named, marked and given back, written to be filled in.

content = content_of(upload)                 # no more bytes than are taken
book = read_workbook(content)                # WorkbookRefused: a sentence for the whole file
number_in(sheet.cell(3, 4), is_share=True)   # CellFault: a sentence for the cell
mark(content, faults)                        # the same workbook, marked
write_workbook(tables, identity)             # one to fill in, which knows where it comes from
"""

from ntm_portal.lib.workbooks.cells import Reading, answer_in, day_in, number_in
from ntm_portal.lib.workbooks.faults import CellFault, Fault, WorkbookRefused
from ntm_portal.lib.workbooks.identity import Identity, identity_of
from ntm_portal.lib.workbooks.marking import mark
from ntm_portal.lib.workbooks.reading import Book, Cell, Sheet, content_of, read_workbook
from ntm_portal.lib.workbooks.writing import CONTENT_TYPE, Column, Table, write_workbook

__all__ = [
    "CONTENT_TYPE",
    "Book",
    "Cell",
    "CellFault",
    "Column",
    "Fault",
    "Identity",
    "Reading",
    "Sheet",
    "Table",
    "WorkbookRefused",
    "answer_in",
    "content_of",
    "day_in",
    "identity_of",
    "mark",
    "number_in",
    "read_workbook",
    "write_workbook",
]
