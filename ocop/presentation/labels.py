"""The label of a product: its name, its stars, and a QR code that leads to its page."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import segno
import typst

from ntm_portal.lib.days import written_day

if TYPE_CHECKING:
    from ocop.models import Certificate, Product

# Values come in beside the text, never inside it: a name cannot be read as markup.
LABEL = """
#let it = sys.inputs
#set page(width: 90mm, height: 55mm, margin: 5mm)
#set text(size: 9pt, lang: "vi")
#grid(columns: (1fr, 32mm), column-gutter: 4mm,
  [#text(size: 13pt, weight: "bold")[#it.name]
   #v(1mm)
   #text(size: 15pt, fill: rgb("#0f6b4f"))[#it.stars]
   #v(1mm)
   #it.producer \\
   #it.place
   #v(1mm)
   #text(size: 7.5pt)[#it.decision \\ #it.until]],
  [#image("qr.svg", width: 32mm) #text(size: 5.5pt)[#it.address]])
"""


def qr_svg(address: str) -> str:
    """Return the QR code as SVG."""
    return segno.make(address, error="m").svg_inline(scale=4, border=2, light="#fff")


def label_pdf(product: Product, certificate: Certificate | None, address: str) -> bytes:
    """Return the label as a PDF to print."""
    code = io.BytesIO()
    segno.make(address, error="m").save(code, kind="svg", border=1)
    inputs = {
        "name": product.name,
        "stars": "★" * certificate.stars if certificate else "",
        "producer": product.producer.name,
        "place": product.commune.name,
        "decision": f"QĐ {certificate.decision_number}" if certificate else "",
        "until": f"HSD: {written_day(certificate.valid_to)}" if certificate else "",
        "address": address,
    }
    sources = {"main.typ": LABEL.encode(), "qr.svg": code.getvalue()}
    pdf: bytes = typst.compile(sources, sys_inputs=inputs)  # type: ignore[call-overload]  # takes a dict
    return pdf
