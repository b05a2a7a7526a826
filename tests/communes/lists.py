"""Small lists as files, for tests of the map."""

from pathlib import Path

HEADING = "code,name,kind,level,parent_code,valid_from,valid_to"
KON_TUM = "62,Tỉnh Kon Tum,tinh,province,,,"
CITY = "608,Thành phố Kon Tum,thanh_pho,district,62,,"
DOAN_KET = "23329,Xã Đoàn Kết,xa,commune,608,,"
IA_CHIM = "23326,Xã Ia Chim,xa,commune,608,,"
SAID = "predecessor_code,successor_code,kind,effective_date,share_note,legal_ref"


def written(folder: Path, *lines: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
