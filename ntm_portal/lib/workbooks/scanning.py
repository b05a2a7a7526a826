"""What a sheet's XML says of cells that a fast reader leaves empty or passes over.

calamine gives the values; it gives "" for an error and for a formula that nobody has computed,
and does not say which numbers are shown as percentages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from django.utils.translation import gettext as _
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils import column_index_from_string

from ntm_portal.lib.workbooks.faults import WorkbookRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_CELLS = 3_000_000  # of the block from A1 to the last cell that holds something
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL, _END = re.compile(rb"<(?:\w+:)?c\s"), re.compile(rb"</(?:\w+:)?c>")
_PLACE = re.compile(rb'(?:^|\s)r="([A-Z]{1,3})([0-9]{1,7})"')
_STYLE = re.compile(rb'(?:^|\s)s="([0-9]+)"')
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]+)</")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


@dataclass(frozen=True, slots=True)
class Scan:
    """By (row, column), counted from one: errors, formulas without a value, percentages."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    not_computed: set[tuple[int, int]] = field(default_factory=set)
    percentages: set[tuple[int, int]] = field(default_factory=set)


def scan(xml: bytes, percent_styles: frozenset[int]) -> Scan:
    """Look through the XML of one sheet; refuse one that would fill the memory."""
    found = Scan()
    rows = columns = 0
    for attributes, body in _cells(xml):
        if (place := _PLACE.search(attributes)) is None:
            continue
        key = int(place[2]), column_index_from_string(place[1].decode())
        rows, columns = max(rows, key[0]), max(columns, key[1])
        value = _VALUE.search(body)
        if b't="e"' in attributes and value:
            found.errors[key] = value[1].decode(errors="replace")
        elif value is None and (b"<f" in body or b":f" in body):
            found.not_computed.add(key)
        elif (style := _STYLE.search(attributes)) and int(style[1]) in percent_styles:
            found.percentages.add(key)
    if rows * columns > MOST_CELLS:
        sentence = _(
            "A cell stands very far from the others (row %(row)s). Delete what lies beyond the "
            "table and send the file again."
        )
        raise WorkbookRefused(sentence % {"row": rows}, code="too-wide")
    return found


def _cells(xml: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield attributes and content of each cell that has content; the time grows with the XML."""
    for piece in _CELL.split(xml)[1:]:
        attributes, _mark, rest = piece.partition(b">")
        if not attributes.endswith(b"/"):
            yield attributes, _END.split(rest, 1)[0]


def sheet_members(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the XML of each sheet by the name that people see."""
    targets = dict(_relations(members.get("xl/_rels/workbook.xml.rels", b"<none/>")))
    found = {}
    for sheet in _parsed(members["xl/workbook.xml"]).iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION, ""), "")
        path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        found[sheet.get("name", "")] = members.get(path, b"")
    return found


def percent_styles(members: Mapping[str, bytes]) -> frozenset[int]:
    """Return the numbers of the cell styles that show 0.95 as 95 %."""
    root = _parsed(members.get("xl/styles.xml", b"<none/>"))
    formats = dict(BUILTIN_FORMATS)
    for item in root.iter(f"{_MAIN}numFmt"):
        formats[int(item.get("numFmtId", 0))] = item.get("formatCode", "")
    styles = root.find(f"{_MAIN}cellXfs")
    return frozenset(
        index
        for index, style in enumerate(styles if styles is not None else ())
        if "%" in _QUOTED.sub("", formats.get(int(style.get("numFmtId", 0)), ""))
    )


def _relations(xml: bytes) -> Iterator[tuple[str, str]]:
    for item in _parsed(xml):
        yield item.get("Id", ""), item.get("Target", "")


def _parsed(xml: bytes) -> ET.Element:
    try:
        return ET.fromstring(xml)  # noqa: S314  (a document type was refused when it was unpacked)
    except ET.ParseError as error:
        sentence = _("The file is damaged: Excel's own description of it cannot be read.")
        raise WorkbookRefused(sentence, code="damaged") from error
