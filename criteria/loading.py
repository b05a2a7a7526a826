"""Reads a criteria set from its file into rows; reading it again changes nothing.

The shape of the file is described in `criteria/data/README.md`. Rows are found by their official
codes. What an earlier reading made and the file no longer holds stays: values may rest on it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction

from criteria.models import (
    CriteriaGroup,
    CriteriaSet,
    Criterion,
    Indicator,
    Measure,
    Threshold,
)
from criteria.models.sets import Confidence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.db.models import Model

Row = TypeVar("Row", CriteriaSet, CriteriaGroup, Criterion, Indicator, Measure)
Data = dict[str, Any]  # JSON objects as they are read
CONFIDENCE = {"read": Confidence.READ, "recall": Confidence.UNCONFIRMED}
AXES = ("measure_id", "region_code", "from_year", "to_year")
STATED = ("value", "confidence", "legal_ref", "source")


class SetFileError(ValueError):
    """A file that cannot be loaded, with a sentence that says where and why."""

    def __str__(self) -> str:
        return ": ".join(map(str, self.args))


@dataclass(slots=True)
class Loaded:
    """What a reading found, and how many rows it had to write."""

    code: str
    criteria: int = 0
    indicators: int = 0
    measures: int = 0
    thresholds: list[Threshold] = field(default_factory=list)
    rows_written: int = 0


def load_set(path: Path) -> Loaded:
    """Load the criteria set in the JSON file at `path`, whole or not at all.

    Raises SetFileError when the file is not JSON or lacks something the shape asks for.
    """
    try:
        data: Data = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        with transaction.atomic():
            return _read_set(data)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise SetFileError(path.name, f"not JSON in UTF-8: {error}") from error
    except KeyError as error:
        raise SetFileError(path.name, f"the key {error} is missing") from error


def _read_set(data: Data) -> Loaded:
    loaded = Loaded(code=data["code"])
    criteria_set = _put(
        loaded,
        CriteriaSet(
            code=data["code"],
            **_names(data),
            level=data["level"],
            standard=data["standard"],
            legal_basis=data["legal_basis"],
            meets_when=data.get("meets_when", ""),
            valid_from=data["valid_from"],
            valid_to=data["valid_to"],
            indicators_total=data.get("indicators_total", _indicators_in(data)),
        ),
        key=("code",),
    )
    for position, item in enumerate(data["groups"], start=1):
        group = CriteriaGroup(
            criteria_set=criteria_set, code=item["code"], **_names(item), position=position
        )
        _read_group(loaded, _put(loaded, group, key=("criteria_set_id", "code")), item)
    _put_thresholds(loaded)
    return loaded


def _read_group(loaded: Loaded, group: CriteriaGroup, data: Data) -> None:
    for item in data["criteria"]:
        loaded.criteria += 1
        criterion = Criterion(
            criteria_set=group.criteria_set,
            group=group,
            code=item["code"],
            **_names(item),
            position=loaded.criteria,
        )
        _put(loaded, criterion, key=("criteria_set_id", "code"))
        for indicator in item["indicators"]:
            _read_indicator(loaded, criterion, indicator)


def _read_indicator(loaded: Loaded, criterion: Criterion, data: Data) -> None:
    loaded.indicators += 1
    indicator = Indicator(
        criterion=criterion,
        code=data["code"],
        **_names(data),
        position=loaded.indicators,
        delegated_to=data["delegated_to"] or "",
        guidance=data["guidance"] or "",
        source=data["source"],
        confidence=CONFIDENCE[data["confidence"]],
    )
    _put(loaded, indicator, key=("criterion_id", "code"))
    for part in data["parts"] or [{"code": ""}]:
        _read_measure(loaded, indicator, data | part | {"code": data["code"] + part["code"]})


def _read_measure(loaded: Loaded, indicator: Indicator, data: Data) -> None:
    loaded.measures += 1
    measure = Measure(
        indicator=indicator,
        code=data["code"],
        **_names(data),
        position=loaded.measures,
        kind=data["kind"],
        unit=data.get("unit_vi") or data["unit"] or "",
        unit_en=data["unit"] or "",
        comparator=data["comparator"],
        valid_from=data.get("valid_from"),
    )
    _put(loaded, measure, key=("indicator_id", "code", "valid_from"))
    legal_ref = f"{_short_reference(indicator.criterion.criteria_set)}, {indicator.code}"
    for level in _levels(data):
        loaded.thresholds.append(
            Threshold(measure=measure, legal_ref=legal_ref, source=data["source"], **level)
        )


def _levels(data: Data) -> Iterator[Data]:
    """Yield the levels that the law states, cell by cell; a cell nobody could read is unknown."""
    columns: list[tuple[Data, Data]] = [({}, data)]
    for year, column in (data["by_year"] or {}).items():
        columns.append(({"from_year": int(year), "to_year": int(year)}, column))
    for years, column in columns:
        cells = dict.fromkeys(["national"]) | (column.get("by_region") or {})
        cells["national"] = column.get("national")
        for name, value in cells.items():
            region = {} if name == "national" else {"region_code": name}
            if value is not None:
                confidence = _confidence(data, name)
                yield years | region | {"value": Decimal(value), "confidence": confidence}
            elif region or _is_unknown(data):
                yield years | region | {"value": None, "confidence": Confidence.UNKNOWN}


def _is_unknown(data: Data) -> bool:
    """Tell whether the law states a level that nobody could read anywhere."""
    return not (data["delegated_to"] or data["by_region"] or data["by_year"] or data["by_group"])


def _confidence(data: Data, cell: str) -> Confidence:
    """Return how sure a cell is; `read_values` names those seen where not all were."""
    seen = data.get("read_values")
    if seen is not None:
        return Confidence.READ if cell in seen else Confidence.UNCONFIRMED
    return CONFIDENCE[data.get("threshold_confidence") or data["confidence"]]


def _put(loaded: Loaded, row: Row, *, key: tuple[str, ...]) -> Row:
    """Write `row` unless the same stands there already; give it the id of what it replaces."""
    row.clean_fields(exclude=["id"])  # also turns the days, as read, into dates
    same = type(row).objects.filter(**{name: getattr(row, name) for name in key})
    if (found := same.first()) is not None:
        row.pk = found.pk
    if found is None or _facts(found) != _facts(row):
        row.save()
        loaded.rows_written += 1
    return row


def _put_thresholds(loaded: Loaded) -> None:
    """Write the thresholds in three queries, whatever their number."""
    wanted = {_axes(row): row for row in loaded.thresholds}
    standing = Threshold.objects.filter(
        measure__in={row.measure_id for row in loaded.thresholds},
        province_code="",
        designation="",
        commune_group="",
    )
    changed = []
    for row in standing:
        if (new := wanted.pop(_axes(row), None)) is not None and _stated(new) != _stated(row):
            for name in STATED:
                setattr(row, name, getattr(new, name))
            changed.append(row)
    Threshold.objects.bulk_create(wanted.values())
    Threshold.objects.bulk_update(changed, STATED)
    loaded.rows_written += len(wanted) + len(changed)


def _axes(row: Threshold) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in AXES)


def _stated(row: Threshold) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in STATED)


def _facts(row: Model) -> dict[str, object]:
    return {item.attname: getattr(row, item.attname) for item in row._meta.concrete_fields}


def _names(data: Data) -> Data:
    return {"name": data["name_vi"], "name_en": data.get("name_en") or ""}


def _short_reference(criteria_set: CriteriaSet) -> str:
    """Return the decree alone: "Quyết định 1980/QĐ-TTg" of its full title."""
    return str(criteria_set.legal_basis[0]).split(" ngày ", maxsplit=1)[0]


def _indicators_in(data: Data) -> int:
    return sum(len(item["indicators"]) for group in data["groups"] for item in group["criteria"])
