"""A province's decision as its pages show it: the grid to type in, and what it changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from criteria.assessment.specs import rule_of
from criteria.presentation.wording import asked_text, unit_text
from criteria.provincial_forms import field_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.forms import BoundField

    from criteria.assessment.foreseeing import Change, Effects
    from criteria.models import Measure, Threshold
    from criteria.provincial_forms import DecisionForm
    from criteria.services.provincial_levels import Law


@dataclass(frozen=True, slots=True)
class GridRow:
    """A measure with a field for each group, and what stands now."""

    measure: Measure
    unit: str
    comparator: str
    cells: tuple[BoundField, ...]
    standing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The fields of a form: what is left to the province, and the rest."""

    groups: tuple[str, ...]
    delegated: tuple[GridRow, ...]
    others: tuple[GridRow, ...]
    others_open: bool


def grid_of(form: DecisionForm) -> Grid:
    """Return the fields of the form, row by row."""
    law = form.law
    rows = [(law.is_delegated(measure), _row(form, measure)) for measure in law.measures]
    others = tuple(row for is_delegated, row in rows if not is_delegated)
    return Grid(
        groups=(_("whole province"), *law.groups.values()),
        delegated=tuple(row for is_delegated, row in rows if is_delegated),
        others=others,
        others_open=any(cell.value() for row in others for cell in row.cells),
    )


def _row(form: DecisionForm, measure: Measure) -> GridRow:
    law = form.law
    groups = ("", *law.groups) if law.is_delegated(measure) else ("",)
    own = [item for item in law.standing[measure.pk] if item.province_code]
    return GridRow(
        measure=measure,
        unit=unit_text(measure),
        comparator=str(measure.get_comparator_display()),
        cells=tuple(form[field_name(measure.code, group)] for group in groups),
        standing=tuple(_standing(measure, item, law) for item in own),
    )


def _standing(measure: Measure, threshold: Threshold, law: Law) -> str:
    where = law.groups.get(threshold.commune_group, "")
    asked = asked_text(measure, rule_of(threshold), "")
    return f"{asked} ({where})" if where else asked


@dataclass(frozen=True, slots=True)
class CommuneChange:
    """What changes for one commune in one round."""

    unit: str
    round_code: str
    changes: tuple[Change, ...]


def by_commune(effects: Effects) -> tuple[CommuneChange, ...]:
    """Return the changes commune by commune, in the order they come."""
    found: dict[int, list[Change]] = {}
    for change in effects.changes:
        found.setdefault(change.assessment.pk, []).append(change)
    return tuple(
        CommuneChange(rows[0].assessment.unit.label, rows[0].assessment.round.code, tuple(rows))
        for rows in found.values()
    )


def levels_in_words(law: Law, thresholds: Iterable[Threshold]) -> tuple[tuple[str, str, str], ...]:
    """Return code, group and level of what a decision sets."""
    return tuple(
        (
            item.measure.code,
            law.groups.get(item.commune_group, item.commune_group) or _("whole province"),
            asked_text(item.measure, rule_of(item), ""),
        )
        for item in thresholds
    )
