"""The targets: how far, how fast, and whether they will be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from criteria.models.assessments import VerdictChoice
from ntm_portal.templatetags.portal import NOTHING, day, number
from programme.dashboard.pace import Outlook
from programme.reports.document import Cell, Column, Items, Paragraph, Picture, Table
from programme.reports.pictures import line
from programme.reports.words import change, distance_of, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from programme.dashboard.pace import Pace
    from programme.dashboard.standing import Gauge
    from programme.reports.document import Block
    from programme.reports.facts import Facts


def blocks(facts: Facts) -> Iterator[Block]:
    """Yield what is said of the figures and of the targets among them."""
    aimed = [gauge for gauge in facts.place.gauges if gauge.standing]
    if aimed:
        yield Paragraph(_overall(aimed))
    yield _table(facts.place.gauges)
    if aimed:
        yield Items(tuple(_sentence(gauge) for gauge in aimed))
    leading = facts.place.leading
    if (drawn := leading.trend) is not None:
        yield Picture(
            _("%(label)s over the rounds") % {"label": leading.label},
            "; ".join(
                f"{point.reading.code}: {value_of(leading, point.reading.value)}"
                for point in drawn.points
            ),
            line(drawn),
        )


def _overall(aimed: Sequence[Gauge]) -> str:
    counts = [sum(gauge.verdict == verdict for gauge in aimed) for verdict in VerdictChoice]
    said = dict(zip(VerdictChoice, counts, strict=True))
    met, missed = said[VerdictChoice.MET], said[VerdictChoice.NOT_MET]
    sentence = _("Of %(all)s targets, %(met)s are met and %(missed)s are not.") % {
        "all": len(aimed),
        "met": met,
        "missed": missed,
    }
    open_ = len(aimed) - met - missed
    if open_:
        sentence += " " + _(
            "Of %(open)s it cannot be said yet, because figures are lacking or communes have "
            "not reported."
        ) % {"open": open_}
    return sentence


def _sentence(gauge: Gauge) -> str:
    """Say of one target where it stands and where it is going."""
    words = {
        "label": gauge.label,
        "value": value_of(gauge, gauge.reported),
        "goal": _goal(gauge),
    }
    if gauge.reported is None or gauge.gap is None:
        return _("%(label)s: no figures in this round, the target is %(goal)s.") % words
    words["gap"] = distance_of(gauge, gauge.gap)
    if gauge.verdict == VerdictChoice.MET:
        said = _("%(label)s: %(value)s, the target of %(goal)s is met, by %(gap)s.") % words
    elif gauge.verdict == VerdictChoice.NOT_MET:
        said = _("%(label)s: %(value)s, %(gap)s from the target of %(goal)s.") % words
    else:
        words["unreported"] = number(gauge.unreported)
        said = (
            _(
                "%(label)s: %(value)s; whether the target of %(goal)s is met is open until the "
                "%(unreported)s communes that have not reported do so."
            )
            % words
        )
    return f"{said} {_ahead(gauge)}".rstrip()


def _ahead(gauge: Gauge) -> str:
    """Say where the present pace leads, if the day is still to come and the target is not met."""
    pace = gauge.pace
    if pace is None or pace.forecast is None or pace.outlook is Outlook.REACHED:
        return ""
    words = {
        "due": day(pace.due),
        "forecast": value_of(gauge, pace.forecast),
        "had": _monthly(gauge, pace.had),
        "needed": _monthly(gauge, pace.needed),
    }
    if pace.outlook is Outlook.ON_TRACK:
        return (
            _("At the present pace (%(had)s a month) it will be met: %(forecast)s by %(due)s.")
            % words
        )
    return (
        _(
            "At the present pace (%(had)s a month) it will not be met: %(forecast)s by %(due)s; "
            "%(needed)s a month are needed."
        )
        % words
    )


def _monthly(gauge: Gauge, pace: Decimal | None) -> str:
    return change(pace, gauge.pace_places).text


def _goal(gauge: Gauge) -> str:
    return _("fewer than %(goal)s") % {"goal": gauge.goal} if gauge.asks_for_less else gauge.goal


def _table(gauges: Sequence[Gauge]) -> Table:
    columns: tuple[Column, ...] = (
        Column(_("Figure"), width=38),
        Column(_("Target"), is_number=True, width=13),
        Column(_("Reported"), is_number=True, width=13),
        Column(_("Verified"), is_number=True, width=13),
        Column(_("± round"), is_number=True, width=12),
        Column(_("Forecast"), is_number=True, width=13),
        Column(_("Verdict"), width=16),
    )
    rows = tuple(_row(gauge) for gauge in gauges)
    if not any(gauge.standing for gauge in gauges):  # then nothing is aimed at or foretold
        columns = (columns[0], *columns[2:5])
        return Table(_("Figures"), columns, tuple((row[0], *row[2:5]) for row in rows))
    return Table(_("Figures and targets"), columns, rows)


def _row(gauge: Gauge) -> tuple[Cell, ...]:
    pace: Pace | None = gauge.pace
    standing = gauge.standing
    forecast = pace.forecast if pace else None
    return (
        Cell(gauge.label),
        Cell(_goal(gauge), standing.goal, gauge.places) if standing else Cell(NOTHING),
        _cell(gauge, gauge.reported),
        _cell(gauge, gauge.verified),
        change(_moved(gauge), gauge.places),
        _cell(gauge, forecast),
        Cell(str(VerdictChoice(gauge.verdict).label) if standing else NOTHING),
    )


def _moved(gauge: Gauge) -> Decimal | None:
    """Return the change since the round before, with or without a target."""
    if len(gauge.readings) < 2:  # one reading is no change
        return None
    return gauge.readings[-1].value - gauge.readings[-2].value


def _cell(gauge: Gauge, value: Decimal | None) -> Cell:
    text = number(value, gauge.places)
    return Cell(
        f"{text} %" if gauge.is_percent and value is not None else text, value, gauge.places
    )
