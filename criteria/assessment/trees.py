"""The rows of a set from criteria down to measures, read in one statement."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from criteria.models import Criterion, Indicator, Measure

if TYPE_CHECKING:
    from django.db.models import Model

    from criteria.models import CriteriaSet

ORDER = ("position", "indicators__position", "indicators__measures__position")


@dataclass(frozen=True, slots=True)
class IndicatorTree:
    """An indicator with its measures, in order; each measure knows what it belongs to."""

    row: Indicator
    measures: list[Measure] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CriterionTree:
    """A criterion with its indicators, in order; a criterion may have none that could be read."""

    row: Criterion
    indicators: list[IndicatorTree] = field(default_factory=list)


def trees_of(criteria_set: CriteriaSet) -> list[CriterionTree]:
    """Return the criteria of the set in order, with all that lies below them; one query."""
    parts = [_columns(Criterion), _columns(Indicator), _columns(Measure)]
    prefixes = ("", "indicators__", "indicators__measures__")
    wanted = [
        f"{prefix}{name}" for prefix, part in zip(prefixes, parts, strict=True) for name in part
    ]
    first, second = len(parts[0]), len(parts[0]) + len(parts[1])
    trees: list[CriterionTree] = []
    criteria = Criterion.objects.filter(criteria_set=criteria_set)
    for row in criteria.order_by(*ORDER, "pk").values_list(*wanted):
        criterion = _made(Criterion, parts[0], row[:first])
        if not trees or trees[-1].row != criterion:
            trees.append(CriterionTree(criterion))
        _add(trees[-1], _made(Indicator, parts[1], row[first:second]), parts[2], row[second:])
    return trees


def _add(
    tree: CriterionTree, indicator: Indicator, columns: list[str], row: tuple[Any, ...]
) -> None:
    """Hang what stands in the rest of the row below the criterion; it may be empty."""
    if indicator.pk is None:
        return
    if not tree.indicators or tree.indicators[-1].row != indicator:
        indicator.criterion = tree.row
        tree.indicators.append(IndicatorTree(indicator))
    below = tree.indicators[-1]
    measure = _made(Measure, columns, row)
    if measure.pk is not None:
        measure.indicator = below.row
        below.measures.append(measure)


def _columns(model: type[Model]) -> list[str]:
    return [item.attname for item in model._meta.concrete_fields]


# A row of a database holds values of every type, hence Any.
def _made(model: type[Any], columns: list[str], row: tuple[Any, ...]) -> Any:
    return model.from_db("default", columns, row)
