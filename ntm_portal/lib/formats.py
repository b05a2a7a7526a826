"""The formats of a list: JSON by pages; NDJSON and CSV as a stream of all that was asked for."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer

from ntm_portal.lib.refusals import InvalidQuery, QueryProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rest_framework.request import Request

PARAMETERS = ("bom", "fields", "format", "separator")
SEPARATORS = {"comma": ",", "semicolon": ";"}
LINES = 2000  # written at once: a generator step for every line would cost more than the line
BOM = "\ufeff"
_FORMULA = ("=", "+", "@", "\t", "\r")


class CsvRenderer(BaseRenderer):
    """Stands for CSV when the format is agreed on; the stream itself is written by `as_csv`."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(self, data: Any, *_args: Any, **_kwargs: Any) -> bytes:  # never data, hence Any
        """Write what is no stream, such as a problem, as JSON."""
        return JSONRenderer().render(data)


class NdjsonRenderer(CsvRenderer):
    """Stands for NDJSON when the format is agreed on."""

    media_type = "application/x-ndjson"
    format = "ndjson"


class FormatNegotiation(DefaultContentNegotiation):
    """The format by `?format=` or by `Accept`; one that is not there is named, not missing."""

    def filter_renderers(
        self,
        renderers: Iterable[BaseRenderer],
        format: str | None,  # noqa: A002  (theirs)
    ) -> list[BaseRenderer]:
        """Return the renderers of the format."""
        offered = list(renderers)
        found = [item for item in offered if item.format == format]
        if not found:
            raise _refusal("format", tuple(str(item.format) for item in offered))
        return found


@dataclass(frozen=True, slots=True)
class Writing:
    """How CSV is to be written: for programs, or for Excel in Vietnamese."""

    separator: str = ","
    has_bom: bool = False

    @classmethod
    def asked(cls, request: Request) -> Writing:
        """Return what the query asks for; what cannot be had is refused."""
        separator = request.query_params.get("separator", "comma")
        bom = request.query_params.get("bom", "false")
        if separator not in SEPARATORS:
            raise _refusal("separator", tuple(SEPARATORS))
        if bom not in {"true", "false"}:
            raise _refusal("bom", ("true", "false"))
        return cls(SEPARATORS[separator], has_bom=bom == "true")


def as_csv(
    names: Sequence[str], rows: Iterable[Sequence[Any]], writing: Writing, decimals: frozenset[int]
) -> Iterator[bytes]:
    """Yield CSV; with `;` a number has the decimal comma that goes with it in Excel.

    With a byte-order mark it is for Excel: a text that Excel would compute is made a text.
    """
    yield csv_head(names, writing)
    yields = iter(rows)
    while lot := list(islice(yields, LINES)):
        columns = zip(*lot, strict=True)
        cells = [
            _column(column, writing, is_decimal=place in decimals)
            for place, column in enumerate(columns)
        ]
        yield _written(zip(*cells, strict=True), writing)


def csv_head(names: Sequence[str], writing: Writing) -> bytes:
    """Return the line that names the columns."""
    return _written([names], writing, BOM if writing.has_bom else "")


def _written(rows: Iterable[Sequence[Any]], writing: Writing, before: str = "") -> bytes:
    text = io.StringIO(before, newline="")
    text.seek(len(before))
    csv.writer(text, delimiter=writing.separator, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def as_ndjson(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Yield one JSON object on each line."""
    dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode
    yields = iter(rows)
    while lot := list(islice(yields, LINES)):
        text = "\n".join(dumps(dict(zip(names, row, strict=True))) for row in lot)
        yield f"{text}\n".encode()


def flattened(row: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return the row with what is nested as columns of their own: `reported.criteria_met`."""
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            flat |= flattened(value, f"{prefix}{name}.")
        else:
            flat[f"{prefix}{name}"] = value
    return flat


def chosen_fields(request: Request, known: Sequence[str]) -> list[str]:
    """Return the fields asked for, in the order of the description; an unknown one is refused."""
    asked = request.query_params.get("fields")
    if asked is None:
        return list(known)
    wanted = {name.strip() for name in asked.split(",")}
    if unknown := sorted(wanted.difference(known)):
        sentence = _("There is no field “%(name)s” here.") % {"name": unknown[0]}
        raise InvalidQuery([QueryProblem("fields", "unknown-field", sentence, tuple(known))])
    return [name for name in known if name in wanted]


def _column(column: Sequence[Any], writing: Writing, *, is_decimal: bool) -> Sequence[Any]:
    """Return the cells of a column as they are written; most are written as they are."""
    kinds = set(map(type, column))
    if bool in kinds:
        column = ["true" if c is True else "false" if c is False else c for c in column]
    if kinds & {list, dict}:
        column = [_json(c) if isinstance(c, list | dict) else c for c in column]
    if writing.has_bom and str in kinds:
        column = [f"'{c}" if isinstance(c, str) and c.startswith(_FORMULA) else c for c in column]
    if is_decimal and writing.separator == ";":
        column = [c and str(c).replace(".", ",") for c in column]
    return column


def _json(cell: Any) -> str:
    return json.dumps(cell, ensure_ascii=False)


def _refusal(name: str, allowed: tuple[str, ...]) -> InvalidQuery:
    sentence = _("“%(name)s” is one of: %(allowed)s.")
    words = {"name": name, "allowed": ", ".join(allowed)}
    return InvalidQuery([QueryProblem(name, "invalid-choice", sentence % words, allowed)])
