"""Summaries as SDMX-CSV 2.0, as statistics offices and tools for indicators read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rest_framework.renderers import BaseRenderer, JSONRenderer

from criteria.models import ReportingRound
from ntm_portal.lib.formats import Writing, as_csv
from ntm_portal.lib.tables import CHUNK
from programme.rollup.counters import COUNTERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.db.models import QuerySet

    from programme.models import Summary

MEDIA_TYPE = "application/vnd.sdmx.data+csv"
VERSION = "2.0.0"
STRUCTURE = ("dataflow", "NTM:DF_SUMMARIES(1.0)", "I")
COLUMNS = (
    *("STRUCTURE", "STRUCTURE_ID", "ACTION"),
    *("FREQ", "REF_AREA", "INDICATOR", "BASIS", "TIME_PERIOD"),
    *("OBS_VALUE", "OBS_STATUS", "UNIT_MEASURE"),
)
NORMAL, PROVISIONAL = "A", "P"  # codes of SDMX's own list of observation statuses
UNIT_MEASURE = "NUMBER"
_READ = ("unit__code", "basis", "round__code", "round__reference_date", "round__status")
_QUARTER = re.compile(r"\d{4}-Q[1-4]")


class SdmxRenderer(BaseRenderer):
    """Stands for SDMX-CSV when the format is agreed on; the stream is written by `as_sdmx`."""

    media_type = MEDIA_TYPE
    format = "sdmx-csv"
    charset = "utf-8"

    def render(self, data: Any, *_args: Any, **_kwargs: Any) -> bytes:  # never data, hence Any
        """Write what is no stream, such as a problem, as JSON."""
        return JSONRenderer().render(data)


def as_sdmx(rows: QuerySet[Summary]) -> Iterator[bytes]:
    """Yield a line for each counter of each summary; few rows are in memory at a time."""
    return as_csv(COLUMNS, _observations(rows), Writing(), frozenset())


def _observations(rows: QuerySet[Summary]) -> Iterator[tuple[object, ...]]:
    read = rows.order_by("pk").values_list(*_READ, *COUNTERS)
    names = [name.upper() for name in COUNTERS]
    for code, basis, round_code, day, status, *counters in read.iterator(chunk_size=CHUNK // 4):
        freq, period = _period(round_code, day)
        is_final = status == ReportingRound.Status.PUBLISHED
        end = (NORMAL if is_final else PROVISIONAL, UNIT_MEASURE)
        for name, value in zip(names, counters, strict=True):
            yield (*STRUCTURE, freq, code, name, str(basis).upper(), period, value, *end)


def _period(round_code: str, day: date) -> tuple[str, str]:
    """Return how often and when, as SDMX writes it: quarters have a form of their own."""
    return ("Q", round_code) if _QUARTER.fullmatch(round_code) else ("D", day.isoformat())
