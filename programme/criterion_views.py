"""The pages of criteria in a place: all by unit, one in full, and the values of one measure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from criteria.models import CriteriaSet, Measure
from programme import reach
from programme.dashboard import ground, places, tallies
from programme.dashboard.criterion import distribution, heat, reading, values

if TYPE_CHECKING:
    from ntm_portal.accounts.requests import SignedInRequest
    from programme.dashboard.ground import Ground
    from programme.dashboard.rounds import Rounds
    from programme.dashboard.tallies import Cell

PAGE_SIZE = 50


@require_GET
@reach.explained
def criterion_table(request: SignedInRequest, code: str) -> HttpResponse:
    """Show which share of the communes meets each criterion, unit by unit."""
    rounds = reach.rounds(request)
    found = reach.ground(request, code, rounds)
    units = ground.below(found.unit, rounds)
    cells = tallies.of([found.unit, *units], rounds)
    context = {"table": heat.table(found.unit, units, cells, is_carried=rounds.is_carried)}
    return _render(request, "criterion_table", found, rounds, context)


@require_GET
@reach.explained
def criterion_detail(request: SignedInRequest, code: str, criterion: str) -> HttpResponse:
    """Show one criterion: over the rounds, in each unit, and how the values lie."""
    rounds = reach.rounds(request)
    found = reach.ground(request, code, rounds)
    units = ground.below(found.unit, rounds)
    cells = tallies.of([found.unit, *units], rounds)
    cell = _cell(cells.get(code, []), criterion)
    context = {
        "cell": cell,
        "series": reading.over_rounds(found.unit, cell.criterion, rounds),
        "parts": reading.parts(
            cell.criterion, units, cells, compares_regions=not rounds.is_carried
        ),
        "distributions": distribution.read(found.unit, rounds, cell.criterion),
        "verdicts": tallies.DRAWN,
    }
    return _render(request, "criterion_detail", found, rounds, context)


@require_GET
@reach.explained
def measure_values(
    request: SignedInRequest, code: str, criterion: str, measure: str
) -> HttpResponse:
    """List the typed values of one measure, each with who typed it and a link to why."""
    rounds = reach.rounds(request)
    found = reach.ground(request, code, rounds)
    shown = Measure.objects.filter(
        code=measure,
        indicator__criterion__code=criterion,
        indicator__criterion__criteria_set__standard=CriteriaSet.Standard.NTM,
        values__assessment__round=rounds.chosen,
    )
    known = shown.select_related("indicator__criterion").first()
    if known is None:
        raise Http404
    page = Paginator(values.of_measure(found.unit, rounds, known), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    scope = request.user.scope
    context = {
        "measure": known,
        "criterion": known.indicator.criterion,
        "page": page,
        "open": {item.assessment_id for item in page if scope.may_read(item.assessment.unit.path)},
    }
    return _render(request, "measure_values", found, rounds, context)


def _cell(cells: list[Cell], code: str) -> Cell:
    for cell in cells:
        if cell.criterion.code == code:
            return cell
    raise Http404


# What the pages show differs, hence Any.
def _render(
    request: SignedInRequest, name: str, found: Ground, rounds: Rounds, context: dict[str, Any]
) -> HttpResponse:
    frame = {
        "unit": found.unit,
        "rounds": rounds,
        "maps": found.maps,
        "origin": found.origin,
        "crumbs": places.crumbs(found, request.user.scope),
        "is_demonstration": rounds.is_demonstration,
    }
    return render(request, f"programme/{name}.html", frame | context)
