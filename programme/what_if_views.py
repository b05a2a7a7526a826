"""The page that supposes: targets as they would stand, beside how they stand; nothing is stored."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db.models import Q, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from communes.models import AdministrativeUnit
from criteria.models import CriteriaSet, Measure
from criteria.querysets import in_force_on
from programme import reach
from programme.dashboard import children, figures, ground, places, standing
from programme.dashboard.figures import Figures
from programme.dashboard.what_if import pacing, supposing
from programme.dashboard.what_if.asking import Supposition, Who
from programme.frame import frame
from programme.metrics import metric
from programme.models import Summary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from ntm_portal.accounts.requests import SignedInRequest
    from programme.dashboard.ground import Ground
    from programme.dashboard.rounds import Rounds
    from programme.dashboard.standing import Gauge
    from programme.dashboard.what_if.counting import Counted
    from programme.dashboard.what_if.pacing import BestThird


@require_GET
@reach.explained
def what_if(request: SignedInRequest, code: str) -> HttpResponse:
    """Show the targets of a place as they would stand if what the address supposes were so."""
    rounds = reach.cut(request, code)
    found = reach.ground(request, code, rounds)
    units = ground.below(found.unit, rounds) if "best_third" in request.GET else []
    known = figures.read(found.unit, units, rounds)
    series = figures.series_of(known, code)
    gauges = places.gauges_of(found, rounds, series)
    measures = _measures(rounds.day)
    form = Supposition(
        request.GET,
        criteria=dict.fromkeys(item.indicator.criterion for item in measures),
        measures=[item for item in measures if item.kind != Measure.Kind.YES_NO],
        is_of_group=rounds.is_cut,
    )
    context = frame(found, rounds, request.user.scope) | {"form": form, "whoever": Who}
    now = series.get(rounds.chosen.pk) if rounds.chosen else None
    if form.is_valid() and now:
        counted = _counted(form, found, rounds, measures)
        context |= {
            "counted": counted,
            "pairs": _pairs(gauges, now, counted) if counted else [],
            "of_group": _of_group(counted) if counted and rounds.is_cut else [],
            "best": _best(form, units, known, rounds, gauges),
        }
    return render(request, "programme/what_if.html", context)


def _measures(day: date) -> list[Measure]:
    """Return what is measured in communes on that day, in the order of the law."""
    in_force = CriteriaSet.objects.in_force(day, level=AdministrativeUnit.Level.COMMUNE)
    return list(
        Measure.objects.filter(
            in_force_on(day)
            & Q(indicator__criterion__criteria_set=Subquery(in_force.values("pk")[:1]))
        )
        .select_related("indicator__criterion__criteria_set")
        .order_by("indicator__criterion__position", "indicator__position", "position")
    )


def _counted(
    form: Supposition, found: Ground, rounds: Rounds, measures: Sequence[Measure]
) -> Counted | None:
    if not form.supposes_verdicts:
        return None
    asked = form.cleaned_data
    by_code = {item.code: item for item in measures}
    return supposing.suppose(
        found.unit,
        rounds,
        supposing.Asked(
            asked["met"], asked["who"] or Who.ALL, by_code.get(asked["measure"]), asked["level"]
        ),
        measures,
        set_is_complete=_is_complete(measures),
    )


def _is_complete(measures: Sequence[Measure]) -> bool:
    """Tell whether every indicator that the law counts is known."""
    if not measures:
        return False
    total = measures[0].indicator.criterion.criteria_set.indicators_total
    known = {item.indicator_id for item in measures}
    return (
        total is not None
        and len(known) >= total
        and all(item.indicator.criterion.is_complete for item in measures)
    )


def _pairs(gauges: Sequence[Gauge], now: Figures, counted: Counted) -> list[tuple[Gauge, Gauge]]:
    """Return each figure that verdicts decide, as it stands and as it would."""
    touched = [gauge for gauge in gauges if set(gauge.metric.counters) & counted.after.keys()]
    shown = {gauge.metric.code for gauge in touched}
    touched += [
        standing.of_metric(code, now)
        for code in (standing.LEADING, *standing.ALWAYS)
        if code not in shown and set(metric(code).counters) & counted.after.keys()
    ]
    return [(gauge, _supposed(gauge, now, counted)) for gauge in touched]


def _of_group(counted: Counted) -> list[tuple[Gauge, Gauge]]:
    """Return the same of the communes of the group that reported; they have no targets."""
    communes = counted.before.get("assessed", 0)
    return _pairs([], Figures(Summary(communes=communes, **counted.before), Summary()), counted)


def _supposed(gauge: Gauge, now: Figures, counted: Counted) -> Gauge:
    counters = {
        name: getattr(now.reported, name) + counted.after.get(name, 0) - counted.before.get(name, 0)
        for name in gauge.metric.reads
    }
    value = gauge.metric.value(counters)
    target = replace(gauge.standing, reported=value) if gauge.standing else None
    return replace(gauge, reported=value, verified=None, standing=target)


def _best(
    form: Supposition,
    units: Sequence[AdministrativeUnit],
    known: Mapping[tuple[str, int], Figures],
    rounds: Rounds,
    gauges: Sequence[Gauge],
) -> BestThird | None:
    leading = gauges[0]
    is_asked = form.cleaned_data.get("best_third")
    if not is_asked or rounds.previous is None or leading.reported is None:
        return None
    rows = children.rows([unit for unit in units if not unit.is_in_programme], rounds, known, {})
    due = leading.standing.target.due_on if leading.standing else rounds.day
    days = (rounds.day - rounds.previous.reference_date).days
    return pacing.best_third(rows, leading.reported, days, day=rounds.day, due=due)
