"""Cases from lines: a commune as far as thresholds may ask about it, and what is typed for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from criteria.scoring.designations import ALIASES, DESIGNATIONS
from criteria.scoring.thresholds import FIRST_YEAR, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from criteria.scoring.cases.table import Line
    from criteria.scoring.specs import SetSpec

SAME_IN_A_CASE = (
    "criteria_set",
    "region",
    "province_code",
    "designations",
    "commune_group",
    "year",
)
YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Law:
    """What judging needs to know: the sets by code and year, and the regions of the map."""

    spec_of: Callable[[str, int], SetSpec | None]
    known_sets: tuple[str, ...]
    region_by_province: Mapping[str, str]

    @property
    def regions(self) -> tuple[str, ...]:
        """Return the codes of all regions."""
        return tuple(dict.fromkeys(self.region_by_province.values()))


@dataclass(slots=True)
class Case:
    """One case: its set, its place, and its lines by indicator, in input order."""

    name: str
    first: Line
    spec: SetSpec | None
    place: Place
    typed: dict[str, list[Line]] = field(default_factory=dict)


def read_cases(lines: Iterable[Line], law: Law) -> list[Case]:
    """Return the cases in input order; what is wrong is noted at its line and column."""
    cases: dict[str, Case] = {}
    for line in lines:
        if not line["case"]:
            line.refuse("case", "the case has no name")
            continue
        if line["case"] not in cases:
            cases[line["case"]] = _case(line, law)
        case = cases[line["case"]]
        _refuse_other_case(line, case)
        _add(line, case)
    return list(cases.values())


def _case(line: Line, law: Law) -> Case:
    year = _year(line)
    spec = law.spec_of(line["criteria_set"], year) if line["criteria_set"] else None
    if spec is None:
        known = ", ".join(law.known_sets)
        problem = f"no set is called {line['criteria_set']}" if line["criteria_set"] else "no set"
        line.refuse("criteria_set", f"{problem} (there are: {known})")
    place = Place(
        region_code=_region(line, law),
        province_code=line["province_code"],
        designations=_designations(line),
        commune_group=_group(line, spec),
        year=year,
    )
    return Case(line["case"], line, spec, place)


def _region(line: Line, law: Law) -> str:
    region, province = line["region"], line["province_code"]
    if region and region not in law.regions:
        line.refuse("region", f"no region is called {region} (there are: {', '.join(law.regions)})")
    if province and province not in law.region_by_province:
        line.refuse("province_code", f"no province has the code {province}")
    its_own = law.region_by_province.get(province, "")
    if region in law.regions and its_own and region != its_own:
        line.refuse("region", f"province {province} lies in {its_own}, not in {region}")
    return region or its_own


def _designations(line: Line) -> frozenset[str]:
    words = {word.strip() for word in line["designations"].split(";")} - {""}
    for word in sorted(words - {*DESIGNATIONS, *ALIASES}):
        line.refuse("designations", f"{word} is not one of {', '.join((*DESIGNATIONS, *ALIASES))}")
    return frozenset(ALIASES.get(word, word) for word in words)


def _group(line: Line, spec: SetSpec | None) -> str:
    group = line["commune_group"]
    if group and spec and spec.commune_groups and group not in spec.commune_groups:
        known = ", ".join(spec.commune_groups)
        line.refuse("commune_group", f"{spec.code} has no group {group} (it has: {known})")
    return group


def _year(line: Line) -> int:
    if not line["year"]:
        return FIRST_YEAR
    if not YEAR.fullmatch(line["year"]):
        line.refuse("year", f'"{line["year"]}" is not a year')
        return FIRST_YEAR
    return int(line["year"])


def _refuse_other_case(line: Line, case: Case) -> None:
    for column in SAME_IN_A_CASE:
        if line[column] != case.first[column]:
            stated = case.first[column] or "nothing"
            sentence = f"case {case.name} has {stated} here in line {case.first.number}"
            line.refuse(column, sentence)


def _add(line: Line, case: Case) -> None:
    if case.spec is None:
        return
    codes = [item.code for item in case.spec.indicators]
    if line["indicator"] not in codes:
        code = line["indicator"] or "without a code"
        line.refuse("indicator", f"{case.spec.code} has no indicator {code}")
        return
    case.typed.setdefault(line["indicator"], []).append(line)
