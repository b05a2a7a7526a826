"""The pages of criteria in a place: all by unit, one in full, and the values of one measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from communes.models import AdministrativeUnit
from criteria.models import CriteriaSet, Criterion, Measure
from programme import reach
from programme.dashboard import ground, groups, tallies
from programme.dashboard.criterion import distribution, heat, reading, values
from programme.dashboard.tallies import Cell
from programme.exporting import cells_as_csv
from programme.frame import frame
from programme.reach import Link, UnknownAddressError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ntm_portal.accounts.requests import SignedInRequest
    from programme.dashboard.ground import Ground
    from programme.dashboard.rounds import Rounds

PAGE_SIZE = 50


@require_GET
@reach.explained
def criterion_table(request: SignedInRequest, code: str) -> HttpResponse:
    """Show which share of the communes meets each criterion, unit by unit."""
    rounds = reach.cut(request, code)
    found = reach.ground(request, code, rounds)
    units = ground.below(found.unit, rounds)
    cells = groups.cells(found.unit, units, rounds)
    context = frame(found, rounds, request.user.scope) | {
        "table": heat.table(found.unit, units, cells, is_carried=rounds.is_carried)
    }
    return render(request, "programme/criterion_table.html", context)


@require_GET
@reach.explained
def criterion_table_csv(request: SignedInRequest, code: str) -> HttpResponse:
    """Give the communes by verdict, unit by unit: of all criteria, or of the one asked for."""
    rounds = reach.cut(request, code)
    found = reach.ground(request, code, rounds)
    units = ground.below(found.unit, rounds)
    cells = groups.cells(found.unit, units, rounds)
    criterion = request.GET.get("criterion", "")
    if criterion:
        _cell(found, cells.get(code, ()), criterion, rounds)
    return cells_as_csv([found.unit, *units], cells, rounds, criterion)


@require_GET
@reach.explained
def criterion_detail(request: SignedInRequest, code: str, criterion: str) -> HttpResponse:
    """Show one criterion: over the rounds, in each unit, and how the values lie."""
    rounds = reach.cut(request, code)
    found = reach.ground(request, code, rounds)
    units = ground.below(found.unit, rounds)
    cells = groups.cells(found.unit, units, rounds)
    cell = _cell(found, cells.get(code, ()), criterion, rounds)
    context = frame(found, rounds, request.user.scope) | {
        "cell": cell,
        "series": reading.over_rounds(found.unit, cell.criterion, rounds),
        "parts": reading.parts(
            cell.criterion, units, cells, compares_regions=not rounds.is_carried
        ),
        "distributions": distribution.read(found.unit, rounds, cell.criterion),
        "verdicts": tallies.DRAWN,
    }
    return render(request, "programme/criterion_detail.html", context)


@require_GET
@reach.explained
def measure_values(
    request: SignedInRequest, code: str, criterion: str, measure: str
) -> HttpResponse:
    """List the typed values of one measure, each with who typed it and a link to why."""
    rounds = reach.cut(request, code)
    found = reach.ground(request, code, rounds)
    shown = Measure.objects.filter(
        code=measure,
        indicator__criterion__code=criterion,
        indicator__criterion__criteria_set__standard=CriteriaSet.Standard.NTM,
        values__assessment__round=rounds.chosen,
    )
    known = shown.select_related("indicator__criterion").first()
    if known is None:
        raise UnknownAddressError("measure", measure, _criteria(found, rounds, _in_force(rounds)))
    page = Paginator(values.of_measure(found.unit, rounds, known), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    scope = request.user.scope
    context = frame(found, rounds, request.user.scope) | {
        "measure": known,
        "criterion": known.indicator.criterion,
        "page": page,
        "open": {item.assessment_id for item in page if scope.may_read(item.assessment.unit.path)},
    }
    return render(request, "programme/measure_values.html", context)


def _cell(found: Ground, cells: Sequence[Cell], code: str, rounds: Rounds) -> Cell:
    """Return the criterion of this code; of a group that counts nothing here, with nothing."""
    for cell in cells:
        if cell.criterion.code == code:
            return cell
    known = _in_force(rounds)
    for criterion in known if rounds.is_cut else ():
        if criterion.code == code:
            return Cell(criterion, 0, 0, 0, 0, 0)
    raise UnknownAddressError("criterion", code, _criteria(found, rounds, known))


def _in_force(rounds: Rounds) -> list[Criterion]:
    sets = CriteriaSet.objects.in_force(rounds.day, level=AdministrativeUnit.Level.COMMUNE)
    return list(Criterion.objects.filter(criteria_set=Subquery(sets.values("pk")[:1])))


def _criteria(found: Ground, rounds: Rounds, known: Iterable[Criterion]) -> list[Link]:
    """Return the pages of criteria, and the one of all of them."""
    code = found.unit.code
    table = Link(f"{reverse('criterion-table', args=[code])}{rounds.query}", _("all criteria"))
    return [
        table,
        *(
            Link(
                f"{reverse('criterion-detail', args=[code, item.code])}{rounds.query}",
                f"{item.code} {item.label}",
            )
            for item in known
        ),
    ]
