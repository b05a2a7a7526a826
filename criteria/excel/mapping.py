"""How somebody's own sheet is laid out: guessed from its headings, said once, remembered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, Q, When

from criteria.excel.layout import Layout
from criteria.models import ColumnMapping
from ntm_portal.lib.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from criteria.excel.layout import Header
    from criteria.models import CriteriaSet, Measure
    from ntm_portal.accounts.models import User

UNIT = "unit"
_CODE = re.compile(r"(?:tieu chi|chi tieu|tc|ct)?\s*([0-9]+(?:\.[0-9]+)*[a-z]?)(?:\W|$)")
_UNIT_WORDS = ("ma xa", "ma don vi", "ma so", "unit code", "ten xa", "xa", "commune", "don vi")


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """A column of the sheet, with what it seems to hold: a measure's code, `UNIT` or nothing."""

    column: int
    heading: str
    holds: str


def guesses(header: Header, measures: Sequence[Measure]) -> list[ColumnGuess]:
    """Return every column with a guess; each thing is guessed once."""
    taken: set[str] = set()
    found = []
    for column, heading in header.headings.items():
        holds = _guess(heading, measures)
        if holds in taken:
            holds = ""
        taken.add(holds)
        found.append(ColumnGuess(column, heading, holds))
    return found


def remembered(header: Header, criteria_set: CriteriaSet, user: User) -> Layout | None:
    """Return how such a sheet was laid out before, by her or by a colleague of her province."""
    hers_first = Case(When(owner=user, then=0), default=1)
    mapping = (
        ColumnMapping.objects.filter(
            Q(owner=user) | Q(province_code__in=_provinces(user)),
            criteria_set=criteria_set,
            signature=header.signature,
        )
        .order_by(hers_first, "-updated_at")
        .first()
    )
    if mapping is None:
        return None
    columns = {int(column): code for column, code in mapping.columns.items()}
    return Layout(header.sheet, header.row, mapping.unit_column, columns)


def remember(
    header: Header,
    criteria_set: CriteriaSet,
    unit_column: int,
    columns: Mapping[int, str],
    *,
    by: User,
) -> Layout:
    """Remember the layout for sheets with these headings."""
    ColumnMapping.objects.update_or_create(
        owner=by,
        criteria_set=criteria_set,
        signature=header.signature,
        defaults={
            "province_code": next(iter(_provinces(by)), ""),
            "unit_column": unit_column,
            "columns": {str(column): code for column, code in columns.items()},
        },
    )
    return Layout(header.sheet, header.row, unit_column, columns)


def _guess(heading: str, measures: Sequence[Measure]) -> str:
    folded = fold(heading)
    if any(folded == word or folded.startswith(f"{word} ") for word in _UNIT_WORDS):
        return UNIT
    match = _CODE.match(folded)
    code = match[1] if match else ""
    for measure in measures:
        if code == measure.code.lower() or folded in {fold(measure.name), fold(measure.name_en)}:
            return measure.code
    return ""


def _provinces(user: User) -> list[str]:
    """Return the codes of the provinces in which she types; the nation's people have none."""
    parts = [path.strip("/").split("/") for path in sorted(user.scope.write)]
    return [codes[1] for codes in parts if len(codes) > 1]
