"""Reads a CSV of designations: which unit, by its code, which standing, from when, by what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from communes.data_rows import DamagedFileError, named_rows
from communes.models import AdministrativeUnit, Designation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from communes.data_rows import Row

COLUMNS = ("code", "kind", "valid_from", "valid_to", "legal_ref")


@dataclass(frozen=True, slots=True)
class Standing:
    """A designation as somebody states it, of a version of a unit."""

    unit: AdministrativeUnit
    kind: str
    valid_from: date
    valid_to: date | None
    legal_ref: str


class DesignationFileError(Exception):
    """Hold every sentence about what is wrong with a file, each with its line."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("\n".join(sentences))


def read_designations(path: Path) -> list[Standing]:
    """Return what the file states; raise with every fault of it."""
    faults: list[str] = []
    lines: list[Row] = []
    try:
        lines = list(named_rows(path, COLUMNS))
    except DamagedFileError as error:
        raise DesignationFileError([str(error)]) from error
    units = _units({row["code"] for row in lines})
    found = []
    for row in lines:
        try:
            found.append(_standing(row, units))
        except DamagedFileError as error:
            faults.append(str(error))
    if faults:
        raise DesignationFileError(faults)
    return found


def version_on(units: Sequence[AdministrativeUnit], day: date) -> AdministrativeUnit | None:
    """Return the version that was on the map on a day."""
    return next(
        (
            unit
            for unit in units
            if (unit.valid_from is None or unit.valid_from <= day)
            and (unit.valid_to is None or day <= unit.valid_to)
        ),
        None,
    )


def _units(codes: set[str]) -> dict[str, list[AdministrativeUnit]]:
    found: dict[str, list[AdministrativeUnit]] = {}
    for unit in AdministrativeUnit.objects.filter(code__in=codes):
        found.setdefault(unit.code, []).append(unit)
    return found


def _standing(row: Row, units: dict[str, list[AdministrativeUnit]]) -> Standing:
    code = row.filled("code").strip()
    kind = row.one_of(Designation.Kind.values, "kind")
    begins, ends = row.day("valid_from"), row.day("valid_to")
    if begins is None:
        row.refuse("valid_from is empty")
    if ends and ends < begins:
        row.refuse("valid_to is before valid_from")
    unit = version_on(units.get(code, []), begins)
    if unit is None:
        row.refuse(f"no unit had the code {code} on {begins}")
    return Standing(unit, kind, begins, ends, row.filled("legal_ref").strip())
