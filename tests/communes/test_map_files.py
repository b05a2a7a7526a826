"""The files of the map say what they hold, or which line is damaged."""

from pathlib import Path

import pytest

from communes.data_rows import DamagedFileError
from communes.map_files import read_regions

REGION_HEADING = "code,name,name_en,position,provinces"


def written(folder: Path, *lines: str) -> Path:
    path = folder / "map.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


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
