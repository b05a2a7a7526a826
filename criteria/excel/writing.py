"""The workbook of a selection: communes as rows, indicators as columns, thresholds beside."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from criteria.assessment.judge import Judge
from criteria.assessment.places import places_of
from criteria.excel.selection import Standing
from criteria.models import Measure
from criteria.models.sets import Confidence
from criteria.presentation.wording import PlaceNames, asked_text, number_text, unit_text
from criteria.scoring.verdicts import NOT_ASSESSED
from criteria.services.plain import stamp
from ntm_portal.lib.workbooks import Column, Identity, Table, write_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from criteria.excel.selection import Selection
    from criteria.models import Assessment
    from criteria.scoring.thresholds import Rule
    from criteria.scoring.verdicts import Typed
    from ntm_portal.lib.workbooks.writing import Written

KIND = "values"
NOTHING = Standing(0, None)
_ZERO, _HUNDRED = Decimal(0), Decimal(100)
_FORMATS = {Measure.Kind.COUNT: "0", Measure.Kind.YES_NO: "General"}


def workbook_of(selection: Selection) -> bytes:
    """Return the workbook; it knows the version of every value that it shows."""
    measures = selection.measures
    values = Table(
        title=pgettext("sheet", "Values"),
        columns=[
            Column((code_heading(), ""), 10, is_locked=True),
            Column((_("Commune"), ""), 24, is_locked=True),
            Column((pgettext("heading", "Belongs to"), ""), 20, is_locked=True),
            *map(_column, measures),
        ],
        rows=(_row(selection, item) for item in selection.assessments),
        frozen_columns=2,
    )
    identity = Identity(
        kind=KIND,
        facts={"round": selection.round.code, "set": selection.criteria_set.code},
        columns=tuple(measure.code for measure in measures),
        stamps={
            item.unit.code: {
                measure.code: stamp(*selection.values.get((item.pk, measure.pk), NOTHING))
                for measure in measures
            }
            for item in selection.assessments
        },
    )
    return write_workbook([values, _thresholds(selection)], identity)


def code_heading() -> str:
    """Return the heading of the column with the official codes."""
    return _("Unit code")


def _column(measure: Measure) -> Column:
    answers: tuple[str, ...] = ()
    if measure.kind == Measure.Kind.YES_NO:
        answers = (number_text(measure.kind, Decimal(1)), number_text(measure.kind, Decimal(0)))
        if measure.not_assessed_when:
            answers += (number_text(measure.kind, NOT_ASSESSED),)
    unit = unit_text(measure)
    may_be_a_word = bool(measure.not_assessed_when)
    is_share = measure.kind == Measure.Kind.PERCENT
    return Column(
        headings=(measure.code, f"{measure.label} ({unit})" if unit else measure.label),
        width=18,
        number_format=_FORMATS.get(Measure.Kind(measure.kind), "0.####"),
        choices=answers,
        least=None if may_be_a_word else _ZERO,
        most=_HUNDRED if is_share and not may_be_a_word else None,
    )


def _row(selection: Selection, item: Assessment) -> list[Written]:
    parent = item.unit.parent
    return [
        item.unit.code,
        item.unit.label,
        parent.label if parent else "",
        *(
            _value(measure, selection.values.get((item.pk, measure.pk), NOTHING).typed)
            for measure in selection.measures
        ),
    ]


def _value(measure: Measure, typed: Typed) -> Written:
    if typed is None:
        return None
    if typed is NOT_ASSESSED or measure.kind == Measure.Kind.YES_NO:
        return number_text(measure.kind, typed)
    return typed


def _thresholds(selection: Selection) -> Table:
    headings = {
        _("Indicator"): 10,
        _("Official text"): 60,
        _("What is asked"): 28,
        _("For whom"): 30,
        _("Communes"): 10,
        _("How sure"): 24,
        _("Legal basis"): 60,
    }
    columns = [Column((text,), width, is_locked=True) for text, width in headings.items()]
    return Table(pgettext("sheet", "Thresholds"), columns, list(_threshold_rows(selection)))


def _threshold_rows(selection: Selection) -> Iterator[list[Written]]:
    """Yield each threshold that prevails for some of the communes, and for how many."""
    day = selection.round.reference_date
    judge = Judge.of(selection.criteria_set, day)
    units = [item.unit for item in selection.assessments]
    places = places_of(units, day)
    counted = Counter(judge.spec.seen_from(places[unit.pk]) for unit in units)
    names = PlaceNames.of(units[0]) if units else PlaceNames({}, {})
    for measure in selection.measures:
        held: Counter[Rule | None] = Counter()
        for place, count in counted.items():
            held[judge.rules_for(place).get(measure.pk)] += count
        for rule, count in held.items():
            yield [
                measure.code,
                measure.label,
                asked_text(measure, rule, ""),
                names.origin_of(rule) if rule else "",
                count,
                _sure(rule),
                rule.legal_ref if rule else "",
            ]


def _sure(rule: Rule | None) -> str:
    return str(Confidence(rule.confidence).label) if rule else ""
