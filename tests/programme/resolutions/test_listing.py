"""An official list lets areas, targets and levels follow to successors, once and by addition."""

from __future__ import annotations

from datetime import date
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command

from communes.chronicle.entries import Said
from communes.loading import SuccessionFile
from communes.models import FollowUp
from criteria.models import IndicatorValue, Threshold
from ntm_portal.accounts.models import Assignment
from programme.models import Target
from programme.resolutions.listing import load_list
from tests.communes.lists import HEADING, SAID, written
from tests.factories import RoundFactory
from tests.programme.resolutions.ground import load_map, the_list, unit, with_role
from tests.programme.rows import MET, assess, set_of

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db
DAY = date(2025, 7, 1)
COMING = [
    ("51", "Tỉnh Quảng Ngãi", "province", "province", "VN"),
    ("23326", "Xã Ia Chim", "commune", "commune", "51"),
    ("21034", "Xã Bình Thuận", "commune", "commune", "51"),
]
BECAME = [
    Said("62", "51", "merge", DAY),
    Said("608", "51", "abolish", DAY),
    Said("610", "51", "abolish", DAY),
    Said("522", "51", "abolish", DAY),
    Said("23329", "23326", "merge", DAY),
    Said("23326", "23326", "merge", DAY),
    Said("23356", "23326", "split", DAY),
    Said("23356", "21034", "split", DAY, "", "", False),
]


@pytest.fixture(autouse=True)
def _map() -> None:
    load_map()


def load(path: Path) -> list[FollowUp]:
    return load_list(the_list(DAY, COMING), SuccessionFile(path, BECAME))[1]


def areas(username: str) -> set[tuple[str, str]]:
    rows = Assignment.objects.filter(user__username=username)
    return set(rows.values_list("role", "unit__path"))


def test_an_officer_of_a_province_that_ends_also_has_its_successor(tmp_path: Path) -> None:
    with_role("officer", "62", "kon-tum")
    with_role("verifier", "51", "quang-ngai")
    (row,) = load(tmp_path)
    assert areas("kon-tum") == {("officer", "/VN/62/"), ("officer", "/VN/51/")}
    assert areas("quang-ngai") == {("verifier", "/VN/51/")}
    assert (row.former, row.successor) == ("Tỉnh Kon Tum", "Tỉnh Quảng Ngãi")
    assert FollowUp.objects.get().listed_for == DAY
    made = Assignment.objects.get(role="officer", unit=unit("51", DAY))
    assert row.made == made.pk


def test_an_officer_of_a_commune_has_what_it_became_and_of_a_district_is_asked_for(
    tmp_path: Path,
) -> None:
    with_role("officer", "23356", "commune")
    with_role("officer", "608", "district")
    rows = load(tmp_path)
    assert areas("commune") == {
        ("officer", "/VN/62/610/23356/"),
        ("officer", "/VN/51/23326/"),
        ("officer", "/VN/51/21034/"),
    }
    assert areas("district") == {("officer", "/VN/62/608/")}
    undecided = [row for row in rows if row.made is None]
    assert [(row.former, row.successor) for row in undecided] == [("Thành phố Kon Tum", "")]


def test_what_was_taken_away_since_does_not_come_back(tmp_path: Path) -> None:
    with_role("officer", "62", "kon-tum")
    load(tmp_path)
    Assignment.objects.get(unit__path="/VN/51/").delete()
    assert load(tmp_path) == []
    later = [(code, f"{name} 2", kind, level, above) for code, name, kind, level, above in COMING]
    assert load_list(the_list(date(2026, 10, 1), later), None)[1] == []
    assert areas("kon-tum") == {("officer", "/VN/62/")}


def test_targets_and_levels_follow_and_what_is_typed_is_judged_by_them(tmp_path: Path) -> None:
    load_list(the_list(DAY, COMING), None)  # the successions become known only later
    criteria_set = set_of(1)
    level = Threshold.objects.get()
    level.pk, level.province_code = None, "62"
    level.save()
    Target.objects.create(
        code="theirs", name="Mục tiêu", metric="certified_share", comparator=">=", value=60,
        due_on=date(2025, 12, 31), unit_code="62", legal_ref="QĐ",
    )  # fmt: skip
    round_ = RoundFactory(code="2025-Q3", reference_date=date(2025, 9, 30))
    assess(unit("21034", DAY), round_, MET, criteria_set=criteria_set)
    load(tmp_path)
    assert Target.objects.get(code="theirs-51").unit_code == "51"
    copy = Threshold.objects.get(province_code="51")
    assert (copy.value, copy.valid_from) == (level.value, DAY)
    assert IndicatorValue.objects.get().threshold == copy


def test_the_command_prints_what_is_to_be_checked(tmp_path: Path) -> None:
    user = with_role("officer", "62", "kon-tum")
    listed = written(
        tmp_path, HEADING, "51,Tỉnh Quảng Ngãi,tinh,province,,,",
        "21034,Xã Bình Thuận,xa,commune,51,,",
    )  # fmt: skip
    said = written(tmp_path, SAID, f"62,51,merge,{DAY},,", name="said.csv")

    def lines_of(*options: str) -> list[str]:
        out = StringIO()
        command = ("load_units", str(listed), f"--date={DAY}", f"--successions={said}")
        call_command(*command, *options, stdout=out)
        return [line for line in out.getvalue().splitlines() if line.startswith("To check, 2025")]

    expected = (
        f"To check, 2025-07-01: area ({user.display_name}, cán bộ nhập liệu) of Tỉnh Kon Tum: "
        "now Tỉnh Quảng Ngãi too."
    )
    assert len(lines_of("--dry-run")) == 1
    assert areas("kon-tum") == {("officer", "/VN/62/")}
    assert lines_of() == [expected]
    assert lines_of() == []
