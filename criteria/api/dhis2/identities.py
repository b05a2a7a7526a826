"""Identifiers as DHIS2 makes them, derived from our codes: the same on every portal, for good."""

from __future__ import annotations

import hashlib
import string
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from communes.models import AdministrativeUnit
from criteria.models import CriteriaSet, Measure, ReportingRound

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

ThingT = TypeVar("ThingT")
LENGTH = 11
DEFAULT_COMBO = "HllvX50cXC0"  # the option combination of every DHIS2 for "no categories"
DEFAULT_CATEGORY_COMBO = "bjDvmb4bfuf"
_DIGITS = string.ascii_letters + string.digits
UNIT, ELEMENT, SET = "organisationUnit", "dataElement", "dataSet"
SCHEMES = ("uid", "code")


def uid_of(kind: str, code: str) -> str:
    """Return the identifier of what has this code: eleven letters and digits, a letter first."""
    number = int.from_bytes(hashlib.sha256(f"{kind} {code}".encode()).digest()[:12])
    number, first = divmod(number, len(string.ascii_letters))
    letters = [_DIGITS[first]]
    while len(letters) < LENGTH:
        number, place = divmod(number, len(_DIGITS))
        letters.append(_DIGITS[place])
    return "".join(letters)


def element_code(set_code: str, measure_code: str) -> str:
    """Return the code of a measure that is unique among all sets."""
    return f"{set_code}:{measure_code}"


def period_of(round_code: str) -> str:
    """Return the round as DHIS2 writes a period: 2020Q4."""
    return round_code.replace("-", "")


@dataclass(frozen=True, slots=True)
class Identities:
    """What is known here under each identifier that a sender may use."""

    units: Mapping[str, str]
    elements: Mapping[str, tuple[str, str]]
    periods: Mapping[str, str]
    sets: Mapping[str, str]

    @classmethod
    def known_to(cls, paths: Collection[str], unit_schemes: Collection[str]) -> Identities:
        """Return those of the units at and below these paths; four queries, however many rows."""
        units = set(AdministrativeUnit.objects.within(paths).values_list("code", flat=True))
        measures = set(
            Measure.objects.values_list("indicator__criterion__criteria_set__code", "code")
        )
        elements = {element_code(*each): each for each in measures}
        rounds = ReportingRound.objects.values_list("code", flat=True)
        sets = set(CriteriaSet.objects.values_list("code", flat=True))
        bare = {code: ("", code) for _set, code in measures}
        return cls(
            units=_by_identifier(UNIT, {code: code for code in units}, unit_schemes),
            elements=bare | _by_identifier(ELEMENT, elements, SCHEMES),
            periods={form: code for code in rounds for form in (code, period_of(code))},
            sets=_by_identifier(SET, {code: code for code in sets}, SCHEMES),
        )


def _by_identifier(
    kind: str, things: Mapping[str, ThingT], schemes: Collection[str]
) -> dict[str, ThingT]:
    found: dict[str, ThingT] = {}
    if "code" in schemes:
        found |= things
    if "uid" in schemes:
        found |= {uid_of(kind, code): thing for code, thing in things.items()}
    return found
