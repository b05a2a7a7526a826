"""Lists of any days, in any order, make one map; what refers to it stays where it belongs."""

from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from communes.list_files import read_list, read_successions
from communes.loading import ListFile, SuccessionFile, load_lists, load_regions
from communes.map_files import RegionLine
from communes.models import AdministrativeUnit, Region, StaleUnit, Succession
from criteria.models import Assessment
from tests.communes.lists import CITY, DOAN_KET, HEADING, IA_CHIM, KON_TUM, SAID, written
from tests.factories import (
    AssessmentFactory,
    RecognitionFactory,
    RoundFactory,
)

pytestmark = pytest.mark.django_db
Unit = AdministrativeUnit

OLD, MIDDLE, NEW = date(2019, 9, 11), date(2020, 6, 1), date(2025, 7, 1)
LISTS = {
    OLD: [KON_TUM, CITY, DOAN_KET, IA_CHIM],
    MIDDLE: [KON_TUM, CITY, DOAN_KET.replace("Xã Đoàn Kết", "Xã Đoàn Kết Mới")],
    NEW: ["51,Tỉnh Quảng Ngãi,tinh,province,,,", "23326,Xã Ia Chim,xa,commune,51,2025-07-01,"],
}
SUCCESSIONS = [
    "23326,23329,merge,2020-02-01,,NQ 1",
    "62,51,merge,2025-07-01,,NQ 2",
    "608,51,abolish,2025-07-01,,NQ 3",
    "23329,23326,merge,2025-07-01,,NQ 4",
]
FACTS = ("code", "name", "path", "valid_from", "valid_to", "is_unresolved", "parent__code")


@pytest.fixture
def load(tmp_path: Path) -> Any:
    said = written(tmp_path, SAID, *SUCCESSIONS, name="said.csv")

    def load(*days: date, lines: list[str] | None = None, with_said: bool = True) -> Any:
        lists = []
        for day in days:
            path = written(tmp_path, HEADING, *(lines or LISTS[day]), name=f"{day}.csv")
            lists.append(ListFile(read_list(path, day), path.name))
        successions = SuccessionFile(said, read_successions(said)) if with_said else None
        return load_lists(lists, successions)

    return load


def the_map() -> list[tuple[Any, ...]]:
    return sorted(Unit.objects.values_list(*FACTS), key=str)


def the_joins() -> set[tuple[Any, ...]]:
    return set(
        Succession.objects.values_list(
            "predecessor__name", "successor__name", "kind", "effective_date", "legal_ref"
        )
    )


def test_one_list_makes_versions_without_ends(load: Any) -> None:
    load(MIDDLE)
    commune = Unit.objects.get(code="23329")
    assert (commune.path, commune.search_name) == ("/VN/62/608/23329/", "xa doan ket moi")
    assert (commune.valid_from, commune.valid_to) == (None, None)
    assert commune.parent == Unit.objects.get(code="608")
    assert not StaleUnit.objects.exists()


def test_two_lists_close_and_open_versions_and_join_them(load: Any) -> None:
    load(OLD, MIDDLE)
    versions = Unit.objects.filter(level="commune").order_by("code", "name")
    assert [(unit.name, unit.valid_from, unit.valid_to) for unit in versions] == [
        ("Xã Ia Chim", None, date(2020, 1, 31)),
        ("Xã Đoàn Kết", None, date(2020, 1, 31)),
        ("Xã Đoàn Kết Mới", date(2020, 2, 1), None),
    ]
    day = date(2020, 2, 1)
    assert the_joins() == {
        ("Xã Ia Chim", "Xã Đoàn Kết Mới", "merge", day, "NQ 1"),
        ("Xã Đoàn Kết", "Xã Đoàn Kết Mới", "merge", day, "NQ 1"),
    }


@pytest.mark.parametrize("order", list(permutations(LISTS)))
def test_in_any_order_the_same_map_comes_of_it(order: tuple[date, ...], load: Any) -> None:
    for day in order:
        load(day)
    gone, since = date(2025, 6, 30), date(2025, 7, 1)
    renamed = date(2020, 2, 1)
    assert the_map() == sorted(
        [
            ("VN", "Việt Nam", "/VN/", None, None, False, None),
            ("62", "Tỉnh Kon Tum", "/VN/62/", None, gone, False, "VN"),
            ("608", "Thành phố Kon Tum", "/VN/62/608/", None, gone, False, "62"),
            ("23329", "Xã Đoàn Kết", "/VN/62/608/23329/", None, date(2020, 1, 31), False, "608"),
            ("23329", "Xã Đoàn Kết Mới", "/VN/62/608/23329/", renamed, gone, False, "608"),
            ("23326", "Xã Ia Chim", "/VN/62/608/23326/", None, date(2020, 1, 31), False, "608"),
            ("51", "Tỉnh Quảng Ngãi", "/VN/51/", since, None, False, "VN"),
            ("23326", "Xã Ia Chim", "/VN/51/23326/", since, None, False, "51"),
        ],
        key=str,
    )
    assert the_joins() == {
        ("Xã Ia Chim", "Xã Đoàn Kết Mới", "merge", renamed, "NQ 1"),
        ("Xã Đoàn Kết", "Xã Đoàn Kết Mới", "merge", renamed, "NQ 1"),
        ("Tỉnh Kon Tum", "Tỉnh Quảng Ngãi", "merge", since, "NQ 2"),
        ("Thành phố Kon Tum", "Tỉnh Quảng Ngãi", "abolish", since, "NQ 3"),
        ("Xã Đoàn Kết Mới", "Xã Ia Chim", "merge", since, "NQ 4"),
    }


def test_a_second_run_writes_nothing(load: Any) -> None:
    load(*LISTS)
    before = list(Unit.objects.values())
    assert load(*LISTS) is None
    assert list(Unit.objects.values()) == before
    assert not StaleUnit.objects.exists()


def test_a_unit_that_vanished_without_a_successor_is_unresolved_until_one_is_known(
    load: Any,
) -> None:
    load(OLD, MIDDLE, with_said=False)
    gone = Unit.objects.get(code="23326")
    assert gone.is_unresolved
    assert gone.valid_to == date(2020, 5, 31)
    load(MIDDLE)
    gone.refresh_from_db()
    assert not gone.is_unresolved
    assert gone.valid_to == date(2020, 1, 31)


def test_a_new_spelling_changes_the_row_and_no_version(load: Any) -> None:
    load(MIDDLE)
    key = Unit.objects.get(code="23329").pk
    later = [line.replace("Đoàn Kết Mới", "Đoàn Kêt  Mới") for line in LISTS[MIDDLE]]
    load(date(2021, 1, 1), lines=later)
    assert Unit.objects.get(code="23329").pk == key


def test_a_code_given_to_another_unit_joins_nothing(load: Any, tmp_path: Path) -> None:
    load(OLD, with_said=False)
    said = written(tmp_path, SAID, "23326,23329,merge,2020-02-01,,", name="other.csv")
    lines = [KON_TUM, CITY, DOAN_KET, "23326,Xã Hoàn Toàn Khác,xa,commune,608,2020-02-01,"]
    path = written(tmp_path, HEADING, *lines)
    listed = ListFile(read_list(path, MIDDLE), "list.csv")
    rewritten = load_lists([listed], SuccessionFile(said, read_successions(said)))
    assert rewritten is not None
    assert [version.entry.name for version in rewritten.chronicle.reused] == ["Xã Hoàn Toàn Khác"]
    assert not Succession.objects.filter(successor__name="Xã Hoàn Toàn Khác").exists()


def test_what_refers_to_a_day_goes_to_the_version_of_that_day(load: Any) -> None:
    load(MIDDLE)
    unit = Unit.objects.get(code="23329")
    before, after = (
        AssessmentFactory(unit=unit, round=RoundFactory(code=str(day), reference_date=day))
        for day in (date(2019, 12, 31), date(2020, 6, 30))
    )
    decision = RecognitionFactory(unit=unit, decision_date=date(2019, 1, 1))
    load(OLD)
    names = Assessment.objects.order_by("pk").values_list("unit__name", flat=True)
    assert list(names) == ["Xã Đoàn Kết", "Xã Đoàn Kết Mới"]
    decision.refresh_from_db()
    assert decision.unit.name == "Xã Đoàn Kết"
    assert {before.pk, after.pk} == set(Assessment.objects.values_list("pk", flat=True))


def test_facts_that_no_list_holds_are_kept(load: Any) -> None:
    load(MIDDLE)
    Unit.objects.filter(code="23329").update(population=5000)
    load(OLD)
    assert Unit.objects.get(name="Xã Đoàn Kết Mới").population == 5000


def test_figures_are_owed_from_the_day_on_which_the_map_changed(load: Any) -> None:
    load(MIDDLE)
    load(NEW)
    since = set(StaleUnit.objects.values_list("since", flat=True))
    assert since == {date(2025, 7, 1)}
    assert StaleUnit.objects.filter(is_map_change=True).count() == StaleUnit.objects.count()


def test_regions_are_changed_in_their_rows() -> None:
    line = RegionLine("TN", "Tây Nguyên", "Central Highlands", 5, ("62",))
    assert len(load_regions([line]).added) == 1
    assert len(load_regions([line]).unchanged) == 1
    loaded = load_regions([RegionLine("TN", "Tây Nguyên", "Highlands", 5, ())])
    assert len(loaded.changed) == 1
    assert Region.objects.get().name_en == "Highlands"
