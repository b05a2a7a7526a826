"""What a path tells, at whatever depth."""

from __future__ import annotations

import pytest

from communes.models import AdministrativeUnit
from communes.paths import is_nation, path_above, province_code_of, province_path_of
from tests.factories import DistrictFactory, UnitFactory


@pytest.mark.parametrize(
    ("path", "code", "province", "above"),
    [
        ("/VN/", "", "/VN/", "/VN/"),
        ("/VN/62/", "62", "/VN/62/", "/VN/"),
        ("/VN/62/23329/", "62", "/VN/62/", "/VN/62/"),
        ("/VN/62/608/610/23329/", "62", "/VN/62/", "/VN/62/608/610/"),
    ],
)
def test_a_path_is_read_at_any_depth(path: str, code: str, province: str, above: str) -> None:
    found = (province_code_of(path), province_path_of(path), path_above(path))
    assert found == (code, province, above)
    assert is_nation(path) is (path == "/VN/")


def test_nothing_is_not_the_nation() -> None:
    assert not is_nation("")
    assert province_code_of("") == ""


@pytest.mark.django_db
def test_a_line_is_found_however_many_levels_there_are() -> None:
    outer = DistrictFactory(code="609", parent=DistrictFactory())
    inner = DistrictFactory(code="610", parent=outer)
    commune = UnitFactory(parent=inner)
    UnitFactory(parent=inner)
    asked = AdministrativeUnit.objects.filter(pk=commune.pk)
    line = AdministrativeUnit.objects.in_line_of(asked)
    codes = [unit.code for unit in sorted(line, key=lambda unit: len(unit.path))]
    assert codes == commune.path.strip("/").split("/")
    assert len(codes) == 6
