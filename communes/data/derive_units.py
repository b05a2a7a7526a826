"""Derive the map of 30 June 2025 from the package vietnamadminunits: run by hand, see README.md."""

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
LAST_DAY = "2025-06-30"
SCHEME = "7-regions-63-provinces"
HERE = Path(__file__).resolve().parent
EXPECTED = {
    "level province": 63,
    "level district": 696,
    "level commune": 10_035,
    "kind commune": 7_692,
}
# Level and first words of the official name: our kind, and the English word for it.
KINDS = {
    ("province", "tỉnh"): ("province", "Province"),
    ("province", "thành phố"): ("central_city", "City"),
    ("district", "huyện"): ("district", "District"),
    ("district", "quận"): ("urban_district", "Urban District"),
    ("district", "thị xã"): ("town", "Town"),
    ("district", "thành phố"): ("provincial_city", "City"),
    ("commune", "xã"): ("commune", "Commune"),
    ("commune", "phường"): ("ward", "Ward"),
    ("commune", "thị trấn"): ("township", "Township"),
}


class Place(NamedTuple):
    """A unit as a list of the package holds it."""

    level: str
    name: str
    parent_code: str


class Unit(NamedTuple):
    """A line of units-2025-06-30.csv."""

    code: str
    name: str
    name_en: str
    short_name: str
    kind: str
    level: str
    parent_code: str
    valid_from: str
    valid_to: str


NATION = Unit("VN", "Việt Nam", "Viet Nam", "Việt Nam", "nation", "nation", "", "", "")


def derive(data: Path, renames: Path, successions: Path) -> list[Unit]:
    """Return the nation and the units of 30 June 2025, parents before children."""
    old, new = places_before(data), places_since(data)
    require_known(successions, old, new)
    named = renamed(old, renames)
    lasting = lasting_provinces(data, old, new)
    levels = ["province", "district", "commune"]
    ordered = sorted(named.items(), key=lambda item: (levels.index(item[1].level), item[0]))
    units = [NATION, *(_unit(code, place, lasting=code in lasting) for code, place in ordered)]
    require_counts(units)
    return units


def places_before(data: Path) -> dict[str, Place]:
    """Return the units of the package's list of 63 provinces by code."""
    places: dict[str, Place] = {}
    for row in _query(data, "SELECT * FROM admin_units_legacy"):
        province, district = row["provinceCode"], row["districtCode"]
        places[province] = Place("province", row["province"], NATION.code)
        places[district] = Place("district", row["district"], province)
        if row["wardCode"]:  # five island districts had no communes
            places[row["wardCode"]] = Place("commune", row["ward"], district)
    return places


def places_since(data: Path) -> dict[str, Place]:
    """Return the units of the package's list of 34 provinces by code."""
    places: dict[str, Place] = {}
    for row in _query(data, "SELECT * FROM admin_units"):
        places[row["provinceCode"]] = Place("province", row["province"], NATION.code)
        places[row["wardCode"]] = Place("commune", row["ward"], row["provinceCode"])
    return places


def lasting_provinces(
    data: Path, old: Mapping[str, Place], new: Mapping[str, Place]
) -> frozenset[str]:
    """Return the provinces of the same code and name that no other was merged into.

    No district and no commune went on unchanged: districts were abolished, so every commune
    has another parent since.
    """
    merged = json.loads((data / "converter_2025.json").read_text())["DICT_PROVINCE"]
    unmerged = {key for key, sources in merged.items() if sources == [key]}
    return frozenset(
        code
        for code, place in old.items()
        if place.level == "province" and new.get(code) == place and _key(place.name) in unmerged
    )


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


def require_counts(units: Iterable[Unit]) -> None:
    """Refuse a list with other counts than the official ones."""
    found: Counter[str] = Counter()
    for unit in units:
        found.update([f"level {unit.level}", f"kind {unit.kind}"])
    for what, expected in EXPECTED.items():
        if found[what] != expected:
            _refuse(f"{found[what]} of {what}, not {expected}")


def regions(source: Path) -> Iterator[tuple[str, str, str, int, str]]:
    """Yield code, name, English name, position and provinces of each region of QĐ 1980."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for line in _lines(source):
        if line["scheme"] == SCHEME:
            region = (line["region"], line["region_name"], line["region_name_en"])
            found.setdefault(region, []).append(line["province_code"])
    for position, (region, provinces) in enumerate(found.items(), start=1):
        yield *region, position, " ".join(sorted(provinces))


def _unit(code: str, place: Place, *, lasting: bool) -> Unit:
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
        valid_from="",
        valid_to="" if lasting else LAST_DAY,
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


def _key(name: str) -> str:
    """Return the key by which the package knows a province: "thanhphohanoi"."""
    return "".join(letter for letter in _plain(name).lower() if letter.isalnum())


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
    """Write units-2025-06-30.csv and regions.csv beside this script."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("successions", type=Path, help="corrections of the package's successions")
    parser.add_argument("regions", type=Path, help="regions with their provinces")
    options = parser.parse_args()
    units = derive(package_data(), HERE / "name-corrections.csv", options.successions)
    _write(HERE / "units-2025-06-30.csv", Unit._fields, units)
    header = ("code", "name", "name_en", "position", "provinces")
    _write(HERE / "regions.csv", header, regions(options.regions))


if __name__ == "__main__":
    main()
