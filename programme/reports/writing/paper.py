"""The report as PDF by typst: the same bytes each time, with the fonts that typst brings."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst

from programme.reports.document import Heading, Items, Paragraph, Picture, Table
from programme.reports.writing.form import place_and_day, words

if TYPE_CHECKING:
    from datetime import date

    from programme.reports.document import Block, Document

TEMPLATE = Path(__file__).with_name("report.typ")
CONTENT_TYPE = "application/pdf"


def pdf_of(document: Document) -> bytes:
    """Return the report as PDF; its date is that of its figures."""
    written = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"data": json.dumps(_data(document), ensure_ascii=False)},
        ignore_system_fonts=True,
        timestamp=moment_of(document.reference_day),
    )
    if not isinstance(written, bytes):
        raise TypeError("typst wrote no PDF")
    return written


def png_of(svg: str, width_mm: int, *, ppi: int = 200) -> bytes:
    """Return a drawing as PNG, for programs that read no SVG."""
    page = "#set page(width: auto, height: auto, margin: 0pt)\n"
    page += f'#image(bytes(sys.inputs.svg), format: "svg", width: {width_mm}mm)'
    written = typst.compile(
        page.encode(), format="png", ppi=ppi, sys_inputs={"svg": svg}, ignore_system_fonts=True
    )
    if not isinstance(written, bytes):
        raise TypeError("typst drew more than one picture")
    return written


def moment_of(day: date) -> datetime:
    """Return the moment that a file of this day bears, whenever it is made."""
    return datetime.combine(day, time(), UTC)


# A value of any JSON type, here and below.
def _data(document: Document) -> dict[str, Any]:
    head, foot = document.letterhead, document.signature
    return {
        "language": document.language,
        "is_short": document.is_short,
        "letterhead": {
            "superior": head.superior,
            "authority": head.authority,
            "number": head.number,
        },
        "words": words() | {"place_and_day": place_and_day(head.place, head.signed_on)},
        "title": document.title,
        "subject": document.subject,
        "warning": document.warning,
        "blocks": [_block(block) for block in document.blocks],
        "annex": [_block(block) for block in document.annex],
        "signature": {
            "office": foot.office,
            "name": foot.name,
            "recipients": list(foot.recipients),
        },
        "digest": document.digest,
        "origin": document.origin,
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text):
            return {"kind": "heading", "text": text}
        case Paragraph(text):
            return {"kind": "paragraph", "text": text}
        case Items(items, is_numbered):
            return {"kind": "items", "items": list(items), "is_numbered": is_numbered}
        case Picture(caption, said, svg, width):
            return {
                "kind": "picture",
                "caption": caption,
                "words": said,
                "svg": svg,
                "width_mm": width,
            }
        case Table():
            return {
                "kind": "table",
                "caption": block.caption,
                "columns": [
                    {"label": item.label, "is_number": item.is_number, "width": item.width}
                    for item in block.columns
                ],
                "rows": [[cell.text for cell in row] for row in block.printed],
                "strong": block.strong,
                "note": block.note,
            }
