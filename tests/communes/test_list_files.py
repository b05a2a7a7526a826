"""The files of lists and successions say what they hold, or which line is damaged."""

from datetime import date
from pathlib import Path

import pytest

from communes.data_rows import DamagedFileError
from communes.list_files import read_list, read_successions, require_somewhere
from tests.communes.lists import CITY, DOAN_KET, HEADING, IA_CHIM, KON_TUM, SAID, written

DAY = date(2020, 6, 1)


def test_a_list_is_read_below_the_nation_whatever_the_order_of_lines(tmp_path: Path) -> None:
    listing = read_list(written(tmp_path, HEADING, DOAN_KET, CITY, KON_TUM), DAY)
    commune = listing.entries["23329"]
    assert (commune.kind, commune.short_name, commune.parent_code) == ("commune", "Đoàn Kết", "608")
    assert listing.entries["62"].parent_code == "VN"
    assert listing.entries["VN"].level == "nation"


def test_columns_may_stand_in_any_order_and_a_mark_of_the_encoding_is_no_harm(
    tmp_path: Path,
) -> None:
    path = tmp_path / "list.csv"
    lines = ["name,code,region,kind,parent_code,level", "Tỉnh Kon Tum,62,TN,tinh,,province"]
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    assert read_list(path, DAY).entries["62"].region_code == "TN"


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        (["code,name,kind,level", KON_TUM], "line 1: the column parent_code is missing"),
        ([], "line 1: the column code is missing"),
        ([HEADING], "line 1: the list holds no unit"),
        ([HEADING, KON_TUM, KON_TUM], "line 3: unit 62 stands on line 2 too"),
        (
            [HEADING, KON_TUM, KON_TUM.replace("Kon Tum", "Khác")],
            "line 3: code 62 is used for another unit: Tỉnh Kon Tum on line 2",
        ),
        (
            [HEADING, KON_TUM, CITY, DOAN_KET, DOAN_KET.replace("608", "62")],
            "line 5: unit 23329 has two parents: 608 on line 4 and 62 here",
        ),
        ([HEADING, KON_TUM, DOAN_KET], "line 3: parent 608 of unit 23329 is not in the list"),
        (
            [HEADING, "1,Huyện A,huyen,district,2,,", "2,Huyện B,huyen,district,1,,"],
            "line 2: a cycle: unit 1 would lie in itself, by way of 1",
        ),
        ([HEADING, KON_TUM.replace("tinh", "xa")], "line 2: kind “xa” is none of tinh"),
        ([HEADING, KON_TUM.replace("62", "6-2")], "line 2: code “6-2” is not made of digits"),
        ([HEADING, KON_TUM + "2020-13-01"], "line 2: valid_to “2020-13-01” is not a date"),
        ([HEADING, KON_TUM, "VN,Nước,tinh,province,,,"], "line 3: VN is the code of the nation"),
    ],
)
def test_a_damaged_list_is_named(tmp_path: Path, lines: list[str], complaint: str) -> None:
    with pytest.raises(DamagedFileError) as caught:
        read_list(written(tmp_path, *lines), DAY)
    assert str(caught.value).startswith(f"list.csv, {complaint}")


def test_a_list_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(f"{HEADING}\n".encode() + KON_TUM.encode("utf-16"))
    with pytest.raises(DamagedFileError, match=r"^list\.csv, line 2: the text is not UTF-8$"):
        read_list(path, DAY)


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        (["predecessor_code,kind", "1,merge"], "line 1: the column successor_code is missing"),
        ([SAID, "1,2,merge,1/2/2020,,"], "line 2: effective_date “1/2/2020” is not a date"),
        ([SAID, "1,2,swap,2020-02-01,,"], "line 2: kind “swap” is none of merge"),
        ([SAID, ",2,merge,2020-02-01,,"], "line 2: predecessor_code “” is not made of"),
        (
            [SAID, "1,2,merge,2020-02-01,,", "1,2,merge,2020-02-01,,"],
            "line 3: the same succession stands on line 2 too",
        ),
        (
            [SAID, "1,2,merge,2020-02-01,,", "2,3,merge,2020-02-01,,", "3,1,merge,2020-02-01,,"],
            "line 2: a cycle: unit 1 would become itself again on 2020-02-01",
        ),
    ],
)
def test_a_damaged_succession_is_named(tmp_path: Path, lines: list[str], complaint: str) -> None:
    with pytest.raises(DamagedFileError) as caught:
        read_successions(written(tmp_path, *lines))
    assert str(caught.value).startswith(f"list.csv, {complaint}")


def test_what_a_divided_unit_mainly_became_is_read(tmp_path: Path) -> None:
    lines = ["1,2,split,2020-02-01,part: remainder,", "1,3,split,2020-02-01,part; main successor,"]
    said = read_successions(written(tmp_path, SAID, *lines))
    assert [row.is_main for row in said] == [False, True]


def test_a_succession_to_nowhere_is_named_where_both_lists_are_known(tmp_path: Path) -> None:
    path = written(tmp_path, SAID, "23329,99999,merge,2020-02-01,,")
    said = read_successions(path)
    span = (date(2019, 9, 11), DAY)
    with pytest.raises(DamagedFileError, match=r"line 2: .* leads nowhere: .* knows unit 99999"):
        require_somewhere(path, said, span, {IA_CHIM[:5]})
    require_somewhere(path, said, (DAY, DAY), set())
