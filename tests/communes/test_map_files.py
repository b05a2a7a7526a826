"""The files of the map say what they hold, or which line is damaged."""

from datetime import date
from pathlib import Path

import pytest

from communes.data_rows import DamagedFileError
from communes.map_files import RegionLine, UnitLine, read_regions, read_units

REGIONS = [RegionLine("TN", "Tây Nguyên", "Central Highlands", 5, ("62",))]
HEADING = "code,name,name_en,short_name,kind,level,parent_code,valid_from,valid_to"
NATION = "VN,Việt Nam,Viet Nam,Việt Nam,nation,nation,,,"
PROVINCE = "62,Tỉnh Kon Tum,Kon Tum Province,Kon Tum,province,province,VN,,2025-06-30"
COMMUNE = "23329,Xã Đoàn Kết,Doan Ket Commune,Đoàn Kết,commune,commune,62,2008-02-01,2025-06-30"
REGION_HEADING = "code,name,name_en,position,provinces"


def written(folder: Path, *lines: str) -> Path:
    path = folder / "map.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_unit_has_its_path_and_region_from_its_parents(tmp_path: Path) -> None:
    *_, commune = read_units(written(tmp_path, HEADING, NATION, PROVINCE, COMMUNE), REGIONS)
    assert commune == UnitLine(
        code="23329",
        name="Xã Đoàn Kết",
        name_en="Doan Ket Commune",
        short_name="Đoàn Kết",
        kind="commune",
        level="commune",
        parent_code="62",
        path="/VN/62/23329/",
        region_code="TN",
        valid_from=date(2008, 2, 1),
        valid_to=date(2025, 6, 30),
    )
    assert commune.depth == 2


def test_the_nation_lies_in_no_region(tmp_path: Path) -> None:
    nation = read_units(written(tmp_path, HEADING, NATION), [])[0]
    assert (nation.region_code, nation.parent_code, nation.depth) == ("", "", 0)


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ([NATION, PROVINCE], "line 1: the columns must be code, name"),
        ([HEADING, NATION, "62,Tỉnh Kon Tum"], "line 3: 2 cells instead of 9"),
        ([HEADING, NATION, ""], "line 3: 0 cells instead of 9"),
        ([HEADING, NATION, PROVINCE, PROVINCE], "line 4: unit 62 stands on an earlier line too"),
        ([HEADING, NATION, COMMUNE], "line 3: parent 62 stands on no earlier line"),
        ([HEADING, NATION.replace("VN", "V/N")], "line 2: code “V/N” is not made of digits"),
        ([HEADING, NATION.replace("VN", "")], "line 2: code “” is not made of digits"),
        ([HEADING, PROVINCE.replace(",VN", ",")], "line 2: the nation has no parent and every"),
        ([HEADING, NATION, PROVINCE.replace("62", "64")], "line 3: unit 64 lies in no region"),
        ([HEADING, NATION, PROVINCE.replace("Tỉnh Kon Tum", " ")], "line 3: name is empty"),
        ([HEADING, NATION, PROVINCE.replace(",Kon Tum,", ",,")], "line 3: short_name is empty"),
        ([HEADING, NATION.replace("nation,", "xã,", 1)], "line 2: kind “xã” is none of nation"),
        ([HEADING, NATION, PROVINCE.replace("06-30", "06-31")], "line 3: valid_to “2025-06-31” is"),
        (
            [HEADING, NATION, PROVINCE, COMMUNE.replace("2008", "2026")],
            "line 4: it ends on 2025-06-30, before it begins on 2026-02-01",
        ),
        ([HEADING, NATION], "line 1: province 62 of a region is missing"),
        ([HEADING, NATION, '62,"Tỉnh Kon Tum'], "line 3: unexpected end of data"),
        ([], "line 1: the columns must be"),
    ],
)
def test_a_damaged_line_is_named(tmp_path: Path, lines: list[str], complaint: str) -> None:
    with pytest.raises(DamagedFileError) as caught:
        read_units(written(tmp_path, *lines), REGIONS)
    assert str(caught.value).startswith(f"map.csv, {complaint}")


def test_a_text_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "map.csv"
    path.write_bytes(f"{HEADING}\n{NATION}\n".encode() + "62,Tỉnh Kon Tum".encode("utf-16"))
    with pytest.raises(DamagedFileError, match=r"^map\.csv, line 3: the text is not UTF-8$"):
        read_units(path, REGIONS)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DamagedFileError, match=r"none\.csv, line 1: No such file"):
        read_units(tmp_path / "none.csv", REGIONS)


def test_a_region_knows_its_provinces(tmp_path: Path) -> None:
    path = written(tmp_path, REGION_HEADING, "TN,Tây Nguyên,Central Highlands,5,62 64")
    assert read_regions(path)[0].provinces == ("62", "64")


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        (["TN,A,A,1,62", "BTB,B,B,2,38 62"], "line 3: province 62 is in another region too"),
        (["TN,A,A,first,62"], "line 2: position “first” is not a number"),
        ([",A,A,1,62"], "line 2: code is empty"),
    ],
)
def test_a_damaged_region_is_named(tmp_path: Path, lines: list[str], complaint: str) -> None:
    with pytest.raises(DamagedFileError) as caught:
        read_regions(written(tmp_path, REGION_HEADING, *lines))
    assert str(caught.value) == f"map.csv, {complaint}"
