"""Small turns of phrase and cells that every part of a report uses."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from communes.models import AdministrativeUnit
from ntm_portal.templatetags.portal import NOTHING, number, percent, signed
from programme.reports.document import Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from programme.dashboard.standing import Gauge
    from programme.dashboard.tallies import Cell as Tally


def count(value: int | None) -> Cell:
    """Return a cell with a count."""
    return Cell(number(value), None if value is None else Decimal(value))


def share_cell(value: Decimal | None) -> Cell:
    """Return a cell with a percentage."""
    return Cell(percent(value, 1), value, 1)


def measured(value: Decimal | None, places: int = 1) -> Cell:
    """Return a cell with a measure."""
    return Cell(number(value, places), value, places)


def change(value: Decimal | None, places: int = 1) -> Cell:
    """Return a cell with a change, its sign before it."""
    return Cell(signed(value, places), value, places)


def name_of(unit: AdministrativeUnit) -> str:
    """Name a unit within a sentence: tỉnh Kon Tum, the whole country."""
    if unit.level == AdministrativeUnit.Level.NATION:
        return _("the whole country")
    label = unit.label
    return label if get_language() == "en" else label[:1].lower() + label[1:]


def listed(words: Iterable[str]) -> str:
    """Join words as a list in a sentence."""
    said = [str(word) for word in words]
    if len(said) < 2:  # one word is no list
        return "".join(said)
    return _("%(some)s and %(last)s") % {"some": ", ".join(said[:-1]), "last": said[-1]}


def value_of(gauge: Gauge, value: Decimal | None) -> str:
    """Write a value of a figure with its unit."""
    if value is None:
        return NOTHING
    if gauge.is_percent:
        return percent(value, 1)
    return f"{number(value, gauge.places)} {gauge.metric.unit}"


def distance_of(gauge: Gauge, value: Decimal) -> str:
    """Write a difference of a figure: points where it is a share."""
    if gauge.is_percent:
        return _("%(points)s points") % {"points": number(abs(value), 1)}
    return f"{number(abs(value), gauge.places)} {gauge.metric.unit}"


def criterion_name(tally: Tally) -> str:
    """Write the number and the name of a criterion."""
    return _("criterion %(code)s (%(name)s)") % {
        "code": tally.criterion.code,
        "name": tally.criterion.label,
    }


def criteria_codes(codes: Sequence[str]) -> str:
    """Write the numbers of criteria."""
    return _("criteria %(codes)s") % {"codes": ", ".join(codes)} if codes else ""
