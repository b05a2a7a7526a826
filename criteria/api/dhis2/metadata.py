"""Units, measures and sets as DHIS2 describes its own, for whoever maps one to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from criteria.api.dhis2.identities import (
    DEFAULT_CATEGORY_COMBO,
    ELEMENT,
    SET,
    UNIT,
    element_code,
    uid_of,
)
from criteria.models import Measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from communes.models import AdministrativeUnit
    from criteria.models import CriteriaSet

JSON = dict[str, Any]  # of any JSON type
LONGEST_NAME, LONGEST_SHORT_NAME = 230, 50
UNKNOWN_DAY = "1900-01-01"  # DHIS2 demands a first day also where nobody here knows it
VALUE_TYPES = {
    Measure.Kind.YES_NO: "BOOLEAN",
    Measure.Kind.PERCENT: "PERCENTAGE",
    Measure.Kind.AMOUNT: "NUMBER",
    Measure.Kind.COUNT: "INTEGER_ZERO_OR_POSITIVE",
    Measure.Kind.SCORE: "NUMBER",
}


def organisation_units(units: Iterable[AdministrativeUnit]) -> Iterator[JSON]:
    """Yield each code once, as its latest version is; `units` come with the older ones first."""
    latest = {unit.code: unit for unit in units}
    for unit in sorted(latest.values(), key=lambda each: each.path):
        codes = unit.path.strip("/").split("/")
        yield {
            **_named(UNIT, unit.code, unit.name),
            "level": len(codes),
            "path": "".join(f"/{uid_of(UNIT, code)}" for code in codes),
            "parent": {"id": uid_of(UNIT, codes[-2])} if len(codes) > 1 else None,
            "openingDate": str(unit.valid_from or UNKNOWN_DAY),
            "closedDate": str(unit.valid_to) if unit.valid_to else None,
            "leaf": unit.level == unit.Level.COMMUNE,
        }


def data_elements(measures: Iterable[Measure]) -> Iterator[JSON]:
    """Yield each measure of each set once; `measures` come with the older versions first."""
    latest = {_code(measure): measure for measure in measures}
    for code, measure in latest.items():
        yield {
            **_named(ELEMENT, code, f"{code} {measure.name}"),
            "valueType": VALUE_TYPES[Measure.Kind(measure.kind)],
            "domainType": "AGGREGATE",
            "aggregationType": "NONE",
            "categoryCombo": {"id": DEFAULT_CATEGORY_COMBO},
        }


def data_sets(sets: Iterable[CriteriaSet], measures: Iterable[Measure]) -> Iterator[JSON]:
    """Yield each set with its measures."""
    codes: dict[str, dict[str, None]] = {}
    for measure in measures:
        own = codes.setdefault(measure.indicator.criterion.criteria_set.code, {})
        own[_code(measure)] = None
    for each in sets:
        yield {
            **_named(SET, each.code, each.name),
            "periodType": "Quarterly",
            "dataSetElements": [
                {"dataElement": {"id": uid_of(ELEMENT, code)}} for code in codes.get(each.code, ())
            ],
        }


def chosen(rows: Iterable[JSON], names: Iterable[str]) -> list[Mapping[str, Any]]:
    """Return the rows with these properties only."""
    wanted = list(names)
    return [{name: row[name] for name in wanted} for row in rows]


def _named(kind: str, code: str, name: str) -> JSON:
    return {
        "id": uid_of(kind, code),
        "code": code,
        "name": name[:LONGEST_NAME],
        "shortName": name[:LONGEST_SHORT_NAME],
        "displayName": name[:LONGEST_NAME],
    }


def _code(measure: Measure) -> str:
    return element_code(measure.indicator.criterion.criteria_set.code, measure.code)
