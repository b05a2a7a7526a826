"""Derive the maps of 30 June and 1 July 2025, and what became of which unit between them, from the
package vietnamadminunits: run by hand, see README.md.
"""

from __future__ import annotations

import argparse
import csv
import json
import sqlite3
import unicodedata
from collections import Counter
from contextlib import closing
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

PACKAGE, VERSION = "vietnamadminunits", "1.0.4"
SCHEME = "7-regions-63-provinces"
SCHEME_SINCE = "6-regions-34-provinces"
HERE = Path(__file__).resolve().parent
EXPECTED = {
    "units-2025-06-30.csv": {
        "level province": 63,
        "level district": 696,
        "level commune": 10_035,
        "kind xa": 7_692,
    },
    "units-2025-07-01.csv": {"level province": 34, "level commune": 3_321, "kind xa": 2_621},
}
# Level and first words of the official name: the list's word for the kind, and the English one.
KINDS = {
    ("province", "tỉnh"): ("tinh", "Province"),
    ("province", "thành phố"): ("thanh_pho_tw", "City"),
    ("district", "huyện"): ("huyen", "District"),
    ("district", "quận"): ("quan", "Urban District"),
    ("district", "thị xã"): ("thi_xa", "Town"),
    ("district", "thành phố"): ("thanh_pho", "City"),
    ("commune", "xã"): ("xa", "Commune"),
    ("commune", "phường"): ("phuong", "Ward"),
    ("commune", "thị trấn"): ("thi_tran", "Township"),
    ("commune", "đặc khu"): ("dac_khu", "Special Zone"),
}
PROVINCES_BY = "202/2025/QH15"
DISTRICTS_BY = "203/2025/QH15"
CHANGED_ON = "2025-07-01"


class Place(NamedTuple):
    """A unit as a list of the package holds it."""

    level: str
    name: str
    parent_code: str


class Unit(NamedTuple):
    """A line of a list."""

    code: str
    name: str
    name_en: str
    short_name: str
    kind: str
    level: str
    parent_code: str
    region: str


class Pair(NamedTuple):
    """A line of successions-2025-07-01.csv."""

    predecessor_code: str
    successor_code: str
    kind: str
    share_note: str
    effective_date: str
    legal_ref: str


def derive(data: Path, renames: Path, region_of: Mapping[str, str]) -> list[Unit]:
    """Return the units of 30 June 2025, parents before children."""
    places = renamed(places_before(data), renames)
    return _units("units-2025-06-30.csv", places, region_of)


def derive_since(data: Path, region_of: Mapping[str, str]) -> list[Unit]:
    """Return the units of 1 July 2025, parents before children."""
    return _units("units-2025-07-01.csv", places_since(data), region_of)


def _units(name: str, places: Mapping[str, Place], region_of: Mapping[str, str]) -> list[Unit]:
    levels = ["province", "district", "commune"]
    ordered = sorted(places.items(), key=lambda item: (levels.index(item[1].level), item[0]))
    units = [_unit(code, place, region_of) for code, place in ordered]
    require_counts(name, units)
    return units


def derive_successions(data: Path, corrections: Path) -> list[Pair]:
    """Return what became of which unit on 1 July 2025, with the corrections.

    A commune goes whole into one, or is divided; where a part is the main one, it says so.
    Districts ended; the five of them without communes became special zones.
    """
    old, new = places_before(data), places_since(data)
    require_known(corrections, old, new)
    fixed = {
        action: {
            (line["predecessor_code"], line["successor_code"])
            for line in _lines(corrections)
            if line["action"] == action
        }
        for action in ("drop", "add")
    }
    found = {pair: note for pair, note in _converted(data).items() if pair not in fixed["drop"]}
    found |= dict.fromkeys(fixed["add"] - found.keys(), "")
    parts = Counter(code for code, _successor in found)
    formers = Counter(successor for _code, successor in found)
    pairs = []
    for (code, successor), note in found.items():
        is_alone = parts[code] == formers[successor] == 1
        kind = _kind_alone(old[code], new[successor]) if is_alone else "merge"
        pairs.append(_pair(code, successor, note, kind if parts[code] == 1 else "split"))
    gone_whole = {pair.predecessor_code for pair in pairs}
    pairs += [
        Pair(
            code,
            _province_since(old[code].parent_code, found),
            "abolish",
            "",
            CHANGED_ON,
            DISTRICTS_BY,
        )
        for code, place in old.items()
        if place.level == "district" and code not in gone_whole
    ]
    return sorted(pairs)


def _converted(data: Path) -> dict[tuple[str, str], str]:
    """Return the pairs of the package's table, with what it says of their share."""
    table = json.loads((data / "converter_2025.json").read_text())
    old, new = _keys_before(data), _keys_since(data)
    found: dict[tuple[str, str], str] = {}
    for key, sources in table["DICT_PROVINCE"].items():
        if len(sources) > 1:
            found |= {(old[source], new[key]): "" for source in sources}
    for key, wholes in table["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, sources in wholes.items():
            known = [source for source in sources if not source.endswith("_")]  # no communes there
            found |= {(old[source], new[f"{key}_{commune}"]): "" for source in known}
    for key, divided in table["DICT_PROVINCE_WARD_DIVIDED"].items():
        for source, parts in divided.items():
            for part in parts:
                note = "part; main successor" if part["isDefaultNewWard"] else "part"
                found[old[source], new[f"{key}_{part['newWardKey']}"]] = note
    return found


def _keys_before(data: Path) -> dict[str, str]:
    """Return the codes of 30 June 2025 by the keys under which the table knows them."""
    codes: dict[str, str] = {}
    for row in _query(data, "SELECT * FROM admin_units_legacy"):
        codes[row["provinceKey"]] = row["provinceCode"]
        if row["wardCode"]:
            key = "_".join(row[f"{level}Key"] for level in ("province", "district", "ward"))
            codes[key] = row["wardCode"]
    return codes


def _keys_since(data: Path) -> dict[str, str]:
    codes: dict[str, str] = {}
    for row in _query(data, "SELECT * FROM admin_units"):
        codes[row["provinceKey"]] = row["provinceCode"]
        codes[f"{row['provinceKey']}_{row['wardKey']}"] = row["wardCode"]
    return codes


def _kind_alone(before: Place, since: Place) -> str:
    """Return what happened to a unit with which no other was merged."""
    return "transfer" if before.name == since.name else "rename"


def _pair(code: str, successor: str, note: str, kind: str) -> Pair:
    legal_ref = PROVINCES_BY if len(code) == len("01") else ""
    share = (note or "part") if kind == "split" else ""
    return Pair(code, successor, kind, share, CHANGED_ON, legal_ref)


def _province_since(code: str, found: Iterable[tuple[str, str]]) -> str:
    return next((after for before, after in found if before == code), code)


def places_before(data: Path) -> dict[str, Place]:
    """Return the units of the package's list of 63 provinces by code."""
    places: dict[str, Place] = {}
    for row in _query(data, "SELECT * FROM admin_units_legacy"):
        province, district = row["provinceCode"], row["districtCode"]
        places[province] = Place("province", row["province"], "")
        places[district] = Place("district", row["district"], province)
        if row["wardCode"]:  # five island districts had no communes
            places[row["wardCode"]] = Place("commune", row["ward"], district)
    return places


def places_since(data: Path) -> dict[str, Place]:
    """Return the units of the package's list of 34 provinces by code."""
    places: dict[str, Place] = {}
    for row in _query(data, "SELECT * FROM admin_units"):
        places[row["provinceCode"]] = Place("province", row["province"], "")
        places[row["wardCode"]] = Place("commune", row["ward"], row["provinceCode"])
    return places


def renamed(places: Mapping[str, Place], renames: Path) -> dict[str, Place]:
    """Return `places` under the official names where the package spells them otherwise."""
    corrected = dict(places)
    for line in _lines(renames):
        place = places[line["code"]]
        if place.name != line["name_in_package"]:
            _refuse(f"{renames.name}: the package calls {line['code']} {place.name}")
        corrected[line["code"]] = place._replace(name=line["official_name"])
    return corrected


def require_known(successions: Path, old: Mapping[str, Place], new: Mapping[str, Place]) -> None:
    """Refuse corrections of successions that name a unit which neither list holds.

    They say which commune became which; the list of units itself is not changed by them.
    """
    for line in _lines(successions):
        for role, places in (("predecessor", old), ("successor", new)):
            place = places.get(line[f"{role}_code"])
            if place is None or place.name != line[role]:
                _refuse(f"{successions.name}: {role} {line[f'{role}_code']} is not in the lists")


def require_counts(name: str, units: Iterable[Unit]) -> None:
    """Refuse a list with other counts than the official ones."""
    found: Counter[str] = Counter()
    for unit in units:
        found.update([f"level {unit.level}", f"kind {unit.kind}"])
    for what, expected in EXPECTED[name].items():
        if found[what] != expected:
            _refuse(f"{name}: {found[what]} of {what}, not {expected}")


def regions(source: Path) -> Iterator[tuple[str, str, str, int, str]]:
    """Yield code, name, English name, position and provinces of each region of QĐ 1980.

    After them stands the region that the division into six has instead of two of them.
    """
    found: dict[tuple[str, str, str], list[str]] = {}
    for scheme in (SCHEME, SCHEME_SINCE):
        known = {region[0] for region in found}
        for line in _lines(source):
            region = (line["region"], line["region_name"], line["region_name_en"])
            if line["scheme"] == scheme and line["region"] not in known:
                codes = found.setdefault(region, [])
                codes += [line["province_code"]] if scheme == SCHEME else []
    for position, (region, provinces) in enumerate(found.items(), start=1):
        yield *region, position, " ".join(sorted(provinces))


def regions_of(source: Path, scheme: str) -> dict[str, str]:
    """Return the region of each province by the division that `scheme` names."""
    return {
        line["province_code"]: line["region"] for line in _lines(source) if line["scheme"] == scheme
    }


def _unit(code: str, place: Place, region_of: Mapping[str, str]) -> Unit:
    words = next(w for level, w in KINDS if level == place.level and _starts(place.name, w))
    kind, english = KINDS[place.level, words]
    bare = place.name[len(words) + 1 :]
    return Unit(
        code=code,
        name=place.name,
        name_en=_in_english(bare, english),
        short_name=place.name if bare.isdigit() else bare,
        kind=kind,
        level=place.level,
        parent_code=place.parent_code,
        region=region_of.get(code, ""),
    )


def _in_english(bare: str, kind: str) -> str:
    """Return "Kon Tum Province"; a number follows its kind: "District 1", "Ward 12"."""
    return f"{kind.rsplit(maxsplit=1)[-1]} {bare}" if bare.isdigit() else f"{_plain(bare)} {kind}"


def _starts(name: str, words: str) -> bool:
    return name.lower().startswith(f"{words} ")


def _plain(text: str) -> str:
    """Return `text` in plain Latin letters: "Đắk Lắk" gives "Dak Lak"."""
    letters = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _query(data: Path, sql: str) -> list[sqlite3.Row]:
    with closing(sqlite3.connect(data / "dataset.db")) as connection:
        connection.row_factory = sqlite3.Row
        return connection.execute(sql).fetchall()


def _lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    print(f"wrote {path.name}")


def _refuse(sentence: str) -> None:
    raise SystemExit(sentence)


def package_data() -> Path:
    """Return the folder of the installed package's data, refusing another version."""
    installed = distribution(PACKAGE)
    if installed.version != VERSION:
        _refuse(f"{PACKAGE} {VERSION} is needed, {installed.version} is installed")
    return Path(str(installed.locate_file(f"{PACKAGE}/data")))


def main() -> None:
    """Write both lists, the successions between them and regions.csv beside this script."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("successions", type=Path, help="corrections of the package's successions")
    parser.add_argument("regions", type=Path, help="regions with their provinces")
    options = parser.parse_args()
    data = package_data()
    before, since = (regions_of(options.regions, scheme) for scheme in (SCHEME, SCHEME_SINCE))
    units = derive(data, HERE / "name-corrections.csv", before)
    _write(HERE / "units-2025-06-30.csv", Unit._fields, units)
    _write(HERE / "units-2025-07-01.csv", Unit._fields, derive_since(data, since))
    pairs = derive_successions(data, options.successions)
    _write(HERE / "successions-2025-07-01.csv", Pair._fields, pairs)
    header = ("code", "name", "name_en", "position", "provinces")
    _write(HERE / "regions.csv", header, regions(options.regions))


if __name__ == "__main__":
    main()
