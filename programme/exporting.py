"""Tables of the committee's pages as CSV, for Excel; each line says of which communes it is."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import localtime
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _

from criteria.models.assessments import VerdictChoice
from ntm_portal.lib.formats import Writing, as_csv
from programme.dashboard import listing
from programme.dashboard.tallies import COUNTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from communes.models import AdministrativeUnit
    from criteria.models import Outcome
    from programme.dashboard.acting.staleness import Stale
    from programme.dashboard.rounds import Rounds
    from programme.dashboard.tallies import Cell

Answer = TypeVar("Answer", bound=HttpResponseBase)
TYPE = "text/csv; charset=utf-8"
LOT = 1000  # communes read at once
FOR_EXCEL = Writing(has_bom=True)
NO_DECIMALS: frozenset[int] = frozenset()


def cells_as_csv(
    units: Iterable[AdministrativeUnit],
    cells: Mapping[str, Sequence[Cell]],
    rounds: Rounds,
    criterion: str = "",
) -> HttpResponse:
    """Return the criteria of units, a line for each, or those of one criterion."""
    heads = [
        *_heads(),
        _("Criterion"),
        _("Name of the criterion"),
        *(str(VerdictChoice(name).label) for name in COUNTED),
    ]
    rows = [
        [*_of(unit, rounds), cell.criterion.code, cell.criterion.label, *counted]
        for unit in units
        for cell in cells.get(unit.code, ())
        if criterion in {"", cell.criterion.code}
        for counted in [[getattr(cell, name) for name in COUNTED]]
    ]
    text = b"".join(as_csv(heads, rows, FOR_EXCEL, NO_DECIMALS))
    return _named(HttpResponse(text, content_type=TYPE), "criteria", rounds)


def communes_as_csv(
    rows: QuerySet[Outcome, Any],  # annotated by `communes.outcomes`
    within: AdministrativeUnit,
    rounds: Rounds,
) -> StreamingHttpResponse:
    """Return communes as the list shows them, all of them, a lot at a time."""
    lines = _in_language(get_language(), rows, within, rounds)
    return _named(StreamingHttpResponse(lines, content_type=TYPE), "communes", rounds)


def stale_as_csv(rows: Iterable[Stale], rounds: Rounds) -> HttpResponse:
    """Return communes that were not updated, each with when something was typed of it last."""
    heads = [*_heads(), _("Lies in"), _("Last typed in round"), _("Last typed on")]
    lines = [
        [*_of(row.unit, rounds), _around(row.lies_in), row.round_code, _day(row.typed_at)]
        for row in rows
    ]
    text = b"".join(as_csv(heads, lines, FOR_EXCEL, NO_DECIMALS))
    return _named(HttpResponse(text, content_type=TYPE), "stale", rounds)


def _day(moment: datetime | None) -> str:
    return localtime(moment).date().isoformat() if moment else ""


def _around(lies_in: Iterable[AdministrativeUnit]) -> str:
    return ", ".join(parent.short_label for parent in reversed(tuple(lies_in)))


def _in_language(
    language: str | None,
    rows: QuerySet[Outcome, Any],
    within: AdministrativeUnit,
    rounds: Rounds,
) -> Iterator[bytes]:
    """Yield the lines in her language: they are written after the page's own is put away."""
    with override(language):
        yield from as_csv(_commune_heads(), _communes(rows, within, rounds), FOR_EXCEL, NO_DECIMALS)


def _commune_heads() -> list[str]:
    return [
        *_heads(),
        _("Lies in"),
        _("Criteria met, reported"),
        _("Criteria met, verified"),
        _("of criteria"),
        _("± round"),
        _("Not met"),
        pgettext("column", "Recognised"),
        pgettext("column", "Status"),
    ]


def _communes(
    rows: QuerySet[Outcome, Any], within: AdministrativeUnit, rounds: Rounds
) -> Iterator[list[object]]:
    read = rows.iterator(chunk_size=LOT)
    while lot := list(islice(read, LOT)):
        for row in listing.listed(lot, within, rounds):
            yield [
                *_of(row.unit, rounds),
                _around(row.lies_in),
                row.criteria_met,
                row.verified,
                row.criteria_total,
                row.change,
                " ".join(row.not_met),
                _("yes") if row.is_recognised else _("no"),
                row.status,
            ]


def _heads() -> list[str]:
    return [_("Round"), _("Map of"), _("Focus group"), _("Code"), _("Name")]


def _of(unit: AdministrativeUnit, rounds: Rounds) -> list[object]:
    """Return what each line begins with: when, on which map, of whom, and where."""
    code = rounds.chosen.code if rounds.chosen else ""
    of_whom = rounds.cut_label or _("All communes")
    return [code, rounds.map_day.isoformat(), of_whom, unit.code, unit.short_label]


def _named(answer: Answer, what: str, rounds: Rounds) -> Answer:
    round_code = rounds.chosen.code if rounds.chosen else ""
    parts = (what, round_code, rounds.region.code if rounds.region else "", rounds.group)
    name = "-".join(part for part in parts if part)
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
