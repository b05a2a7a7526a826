"""Values sent as CSV, by the names of their columns."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from ntm_portal.lib.parsing import twice

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import IO

KNOWN = ("unit", "round", "measure", "number", "not_assessed", "version", "late_reason")


class ValuesCsvParser(BaseParser):
    """Columns as `KNOWN`, the last three as you like; with `;` a decimal comma is read."""

    media_type = "text/csv"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Return the rows as JSON would bring them."""
        text = text_of(stream)
        head = text.partition("\n")[0]
        separator = ";" if head.count(";") > head.count(",") else ","
        reader = csv.DictReader(io.StringIO(text), delimiter=separator)
        names = [name.strip() for name in reader.fieldnames or ()]
        if unknown := sorted(set(names) - set(KNOWN)) or sorted({"unit", "measure"} - set(names)):
            sentence = _("The first line names the columns: %(known)s. Wrong is: %(wrong)s.")
            raise ParseError(sentence % {"known": ", ".join(KNOWN), "wrong": ", ".join(unknown)})
        if again := {f"#/{name}": name for name in names if names.count(name) > 1}:
            raise twice(again)
        return {"values": [_value(row, has_comma=separator == ";") for row in reader]}


def text_of(stream: IO[bytes]) -> str:
    """Return the text of a stream, which must be UTF-8."""
    try:
        return stream.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ParseError(_("The file is not in UTF-8.")) from error


def _value(row: Mapping[str, Any], *, has_comma: bool) -> dict[str, Any]:
    value = {name.strip(): (cell or "").strip() for name, cell in row.items() if name}
    number = value.get("number", "")
    if has_comma:
        number = number.replace(",", ".")
    sent: dict[str, Any] = {**value, "number": number or None}
    if not value.get("version"):
        sent["version"] = None
    if not value.get("not_assessed"):
        sent.pop("not_assessed", None)
    return sent
