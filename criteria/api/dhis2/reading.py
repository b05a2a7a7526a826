"""A data value set, as JSON or as CSV, read into rows; what DHIS2 would refuse is refused alike."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from criteria.api.parsing import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import IO

# The columns of DHIS2's CSV, by position; its first line is a header and is not read.
COLUMNS = (
    *("dataElement", "period", "orgUnit", "categoryOptionCombo", "attributeOptionCombo", "value"),
    *("storedBy", "lastUpdated", "comment", "followup", "deleted"),
)
HEAD = ("dataSet", "completeDate")
WHOLE = ("period", "orgUnit", "attributeOptionCombo")  # may be said once for all values


@dataclass(frozen=True, slots=True)
class Sent:
    """One data value in the words of its sender."""

    element: str
    period: str
    unit: str
    value: str
    comment: str
    combos: tuple[str, ...]
    is_flagged: bool
    is_deleted: bool


class DataValuesCsvParser(BaseParser):
    """DHIS2's CSV: columns by position, the first line left out."""

    media_type = "application/csv"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Return the values as JSON would bring them."""
        lines = csv.reader(io.StringIO(text_of(stream)))
        next(lines, None)
        rows = [dict(zip(COLUMNS, cells, strict=False)) for cells in lines if any(cells)]
        return {"dataValues": rows}


class TextCsvParser(DataValuesCsvParser):
    """The same under the name that the rest of the world gives to CSV."""

    media_type = "text/csv"


def values_in(data: object) -> list[Sent]:
    """Return the data values of a body; what its head says once goes for each of them."""
    found = data.get("dataValues") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(found, list):
        raise ParseError(_("Send an object with “dataValues”, a list."))
    for name in HEAD:
        if not isinstance(data.get(name, ""), str | None):
            raise ParseError(_("“%(name)s” is a text.") % {"name": name})
    head = {name: data[name] for name in WHOLE if data.get(name)}
    return [_sent(head | item if isinstance(item, dict) else {}) for item in found]


def _sent(item: Mapping[str, Any]) -> Sent:
    return Sent(
        element=_text(item, "dataElement"),
        period=_text(item, "period"),
        unit=_text(item, "orgUnit"),
        value=_text(item, "value"),
        comment=_text(item, "comment"),
        combos=(_text(item, "categoryOptionCombo"), _text(item, "attributeOptionCombo")),
        is_flagged=_text(item, "followup").lower() == "true"
        or _text(item, "followUp").lower() == "true",
        is_deleted=_text(item, "deleted").lower() == "true",
    )


def _text(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    return "" if value is None else str(value).strip()
