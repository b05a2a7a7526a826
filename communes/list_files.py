"""The files of lists and successions, checked line by line; nothing here touches the database."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from communes.chronicle.entries import Change, Entry, Listing, Said
from communes.data_rows import DamagedFileError, Row, named_rows
from communes.models import AdministrativeUnit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date
    from pathlib import Path

Kind = AdministrativeUnit.Kind
Level = AdministrativeUnit.Level
UNIT_COLUMNS = ["code", "name", "kind", "level", "parent_code"]
SUCCESSION_COLUMNS = ["predecessor_code", "successor_code", "kind", "effective_date"]
CODE = re.compile(r"[0-9A-Z]{1,10}")
# How official lists call the kinds; a provincial city and a central one share a word.
KINDS = {
    ("province", "tinh"): Kind.PROVINCE,
    ("province", "thanh_pho_tw"): Kind.CENTRAL_CITY,
    ("district", "huyen"): Kind.DISTRICT,
    ("district", "quan"): Kind.URBAN_DISTRICT,
    ("district", "thi_xa"): Kind.TOWN,
    ("district", "thanh_pho"): Kind.PROVINCIAL_CITY,
    ("commune", "xa"): Kind.COMMUNE,
    ("commune", "phuong"): Kind.WARD,
    ("commune", "thi_tran"): Kind.TOWNSHIP,
    ("commune", "dac_khu"): Kind.SPECIAL_ZONE,
}
LEVELS = sorted({level for level, _word in KINDS})
WORDS = {
    level: {word: kind for (of, word), kind in KINDS.items() if of == level} for level in LEVELS
}
CHANGES = [change.value for change in Change]
# The words with which names begin, by level.
KIND_BY_WORD = {
    ("province", "tỉnh"): Kind.PROVINCE,
    ("province", "thành phố"): Kind.CENTRAL_CITY,
    ("district", "huyện"): Kind.DISTRICT,
    ("district", "quận"): Kind.URBAN_DISTRICT,
    ("district", "thị xã"): Kind.TOWN,
    ("district", "thành phố"): Kind.PROVINCIAL_CITY,
    ("commune", "xã"): Kind.COMMUNE,
    ("commune", "phường"): Kind.WARD,
    ("commune", "thị trấn"): Kind.TOWNSHIP,
    ("commune", "đặc khu"): Kind.SPECIAL_ZONE,
}
KIND_WORDS = ("tỉnh", "thành phố", "thị xã", "thị trấn", "huyện", "quận", "đặc khu", "phường", "xã")
NATION = Entry(
    "VN", "Việt Nam", "Viet Nam", "Việt Nam", Kind.NATION, Level.NATION, "", "", "Constitution"
)


def read_list(path: Path, day: date) -> Listing:
    """Return the units of `path` as they stood on `day`, and the nation above them."""
    entries: dict[str, Entry] = {NATION.code: NATION}
    lines: dict[str, Row] = {}
    for row in named_rows(path, UNIT_COLUMNS):
        entry = _entry(row)
        if entry.code == NATION.code:
            row.refuse("VN is the code of the nation")
        if entry.code in lines:
            _refuse_twice(row, entry, entries[entry.code], lines[entry.code].line)
        entries[entry.code], lines[entry.code] = entry, row
    if not lines:
        raise DamagedFileError(path, 1, "the list holds no unit")
    for code, row in lines.items():
        _require_parents(row, code, entries)
    return Listing(day, _with_regions(entries))


def read_successions(path: Path) -> list[Said]:
    """Return what the file says became of which unit."""
    found: dict[tuple[str, str, str, date | None], Said] = {}
    for row in named_rows(path, SUCCESSION_COLUMNS):
        said = _said(row)
        key = (said.predecessor, said.successor, said.kind, said.day)
        if key in found:
            row.refuse(f"the same succession stands on line {found[key].line} too")
        found[key] = said
    _refuse_circles(path, found.values())
    return list(found.values())


def require_somewhere(
    path: Path, said: Iterable[Said], between: tuple[date, date], known: Collection[str]
) -> None:
    """Refuse a succession between two lists whose successor neither list nor succession knows."""
    after, until = between
    said = list(said)
    somewhere = {*known, *(row.predecessor for row in said)}
    for row in said:
        is_between = row.day is not None and after < row.day <= until
        if is_between and row.successor and row.successor not in somewhere:
            sentence = (
                f"the succession of {row.predecessor} leads nowhere: no list and no other "
                f"succession knows unit {row.successor}"
            )
            raise DamagedFileError(path, row.line, sentence)


def _entry(row: Row) -> Entry:
    level = row.one_of(LEVELS, "level")
    name = row.filled("name").strip()
    begun, ended = row.day("valid_from"), row.day("valid_to")
    if begun and ended and ended < begun:
        row.refuse(f"it ends on {ended}, before it begins on {begun}")
    return Entry(
        code=_code(row, "code"),
        name=name,
        name_en=row["name_en"].strip(),
        short_name=row["short_name"].strip() or without_kind(name),
        kind=WORDS[level][row.one_of(WORDS[level], "kind")],
        level=level,
        parent_code=_code(row, "parent_code") if row["parent_code"] else NATION.code,
        region_code=row["region"].strip(),
        source=row["source"].strip() or row.path.name,
        begun=begun,
        ended=ended,
    )


def _code(row: Row, column: str) -> str:
    code = row[column].strip()
    if not CODE.fullmatch(code):
        row.refuse(f"{column} “{code}” is not made of digits or capital letters")
    return code


def without_kind(name: str) -> str:
    """Return the name without the word for the kind, unless a number alone would be left."""
    for words in KIND_WORDS:
        if name.lower().startswith(f"{words} "):
            bare = name[len(words) + 1 :]
            return name if bare.isdigit() else bare
    return name


def _refuse_twice(row: Row, entry: Entry, other: Entry, line: int) -> None:
    if entry.name != other.name:
        row.refuse(f"code {entry.code} is used for another unit: {other.name} on line {line}")
    if entry.parent_code != other.parent_code:
        row.refuse(
            f"unit {entry.code} has two parents: {other.parent_code} on line {line} "
            f"and {entry.parent_code} here"
        )
    row.refuse(f"unit {entry.code} stands on line {line} too")


def _require_parents(row: Row, code: str, entries: Mapping[str, Entry]) -> None:
    """Refuse a unit that does not lie in the nation by way of its parents."""
    line = [code]
    while (parent := entries[line[-1]].parent_code) and parent != NATION.code:
        if parent not in entries:
            row.refuse(f"parent {parent} of unit {line[-1]} is not in the list")
        if parent in line:
            row.refuse(f"a cycle: unit {code} would lie in itself, by way of {parent}")
        line.append(parent)


def _with_regions(entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """Return the entries; one that names no region lies in that of its parent."""

    def region_of(entry: Entry) -> str:
        if entry.region_code or not entry.parent_code:
            return entry.region_code
        return region_of(entries[entry.parent_code])

    return {
        code: entry if entry.region_code else entry._replace(region_code=region_of(entry))
        for code, entry in entries.items()
    }


def _said(row: Row) -> Said:
    note = row["share_note"].strip()
    return Said(
        predecessor=_code(row, "predecessor_code"),
        successor=_code(row, "successor_code") if row["successor_code"] else "",
        kind=row.one_of(CHANGES, "kind"),
        day=row.day("effective_date"),
        note=note[:300],
        legal_ref=row["legal_ref"].strip()[:300],
        is_main=not note.startswith("part") or "main successor" in note,
        source=(row["source"].strip() or row.path.name)[:400],
        line=row.line,
    )


def _refuse_circles(path: Path, said: Iterable[Said]) -> None:
    """Refuse units that are said to have gone whole into one another on one day."""
    into: dict[tuple[date | None, str], Said] = {}
    for row in said:
        if row.kind == Change.MERGE and row.successor not in {"", row.predecessor}:
            into[row.day, row.predecessor] = row
    for (day, code), row in into.items():
        seen, this = {code}, row.successor
        while (day, this) in into and this not in seen:
            seen.add(this)
            this = into[day, this].successor
        if this == code:
            sentence = f"a cycle: unit {code} would become itself again on {day}"
            raise DamagedFileError(path, row.line, sentence)
