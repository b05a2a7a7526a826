"""The columns of the tables of units: their heads, and the link by which each sorts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communes.models import AdministrativeUnit

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Level = AdministrativeUnit.Level


@dataclass(frozen=True, slots=True)
class Plan:
    """The columns of a table: key of `children.ORDERS` (or empty), head, whether it holds numbers.

    `furthest_first` is the order nobody asked for.
    """

    columns: tuple[tuple[str, _StrPromise, bool], ...]
    furthest_first: str


AREAS = Plan(
    (
        ("name", _("Name"), False),
        ("communes", pgettext_lazy("column", "Communes"), True),
        ("certified", pgettext_lazy("column", "Recognised"), True),
        ("share", _("Share"), True),
        ("change", _("± round"), True),
        ("meets", _("Meets all"), True),
        ("verified", _("of these verified"), True),
        ("mean", _("Mean criteria"), True),
        ("", _("Held back most by"), False),
    ),
    furthest_first="share",
)
COMMUNES = Plan(
    (
        ("name", _("Name"), False),
        ("mean", _("Criteria met"), True),
        ("", _("Verdicts in order"), False),
        ("change", _("± round"), True),
        ("", _("Not met"), False),
        ("certified", pgettext_lazy("column", "Recognised"), False),
        ("status", pgettext_lazy("column", "Status"), False),
    ),
    furthest_first="mean",
)
# An order without a column: the gap between what is reported and what is verified.
UNVERIFIED = "unverified"
TITLES = {
    Level.PROVINCE: _("Provinces and cities"),
    Level.DISTRICT: _("Districts, towns and cities"),
    Level.COMMUNE: _("Communes"),
}
# Former communes whose figures stand in a unit of the present map.
FORMERS = {Level.COMMUNE: _("Former communes whose figures stand here")}


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column; `link` is the order its link asks for, `sorted` the order it has."""

    label: str | _StrPromise
    link: str
    sorted: str
    is_number: bool


def known(order: str, plan: Plan) -> str:
    """Return the order asked for if the table has that column, else what is furthest first."""
    keys = {key for key, _label, _is_number in plan.columns if key} | {UNVERIFIED}
    return order if order.removeprefix("-") in keys else plan.furthest_first


def heads(plan: Plan, order: str) -> list[Column]:
    """Return the heads of a table that is sorted by `order`."""
    return [
        Column(label, *_sorting(key, order), is_number) for key, label, is_number in plan.columns
    ]


def _sorting(key: str, order: str) -> tuple[str, str]:
    """Return what a click asks for and what `aria-sort` says: a second click turns it round."""
    if key and order == key:
        return f"-{key}", "ascending"
    return key, "descending" if key and order == f"-{key}" else ""
