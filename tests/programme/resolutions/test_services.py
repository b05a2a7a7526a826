"""A resolution by hand changes the map, lets follow what follows, and can be taken back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command

from communes.loading import denied, load_lists
from communes.models import AdministrativeUnit, FollowUp, Resolution, StaleUnit, Succession
from criteria.models import Assessment, Threshold
from ntm_portal.accounts.models import Assignment
from ntm_portal.lib.errors import DomainError
from programme.models import Target
from programme.resolutions import services
from programme.resolutions.checking import check_off
from programme.resolutions.foreseeing import foresee
from programme.resolutions.resting import what_rests
from programme.rollup import rebuild, refresh_stale
from tests.factories import RoundFactory
from tests.programme.resolutions.ground import (
    DAY,
    UNITS,
    all_rows,
    applied,
    load_map,
    the_list,
    typed,
    unit,
    with_role,
)
from tests.programme.rows import MET, assess, set_of

if TYPE_CHECKING:
    from ntm_portal.accounts.models import User

pytestmark = pytest.mark.django_db
LATER = date(2021, 6, 1)
MERGE = {"units": "23326\nXã Đoàn Kết", "became": "23326; Xã Ia Kết"}


@pytest.fixture
def admin() -> User:
    load_map()
    return with_role("administrator", "VN")


def names(day: date = DAY) -> set[str]:
    units = AdministrativeUnit.objects.on(day).filter(level="commune")
    return set(units.values_list("name", flat=True))


def verify() -> None:
    refresh_stale()
    call_command("verify_summaries")


def test_a_merger_ends_units_and_begins_the_one_they_become(admin: User) -> None:
    applied("merge", admin, **MERGE)
    assert names(date(2020, 12, 31)) >= {"Xã Ia Chim", "Xã Đoàn Kết"}
    assert names() == {"Xã Ia Kết", "Xã Đắk Choong", "Xã Bình Thuận"}
    joins = Succession.objects.values_list("predecessor__name", "successor__name", "kind")
    assert set(joins) == {
        ("Xã Ia Chim", "Xã Ia Kết", "merge"),
        ("Xã Đoàn Kết", "Xã Ia Kết", "merge"),
    }
    assert unit("23326").short_name == "Ia Kết"
    assert StaleUnit.objects.exists()


@pytest.mark.parametrize(
    ("kind", "fields", "path", "name"),
    [
        ("rename", {"units": "23329", "became": "Xã Mới"}, "/VN/62/608/23329/", "Xã Mới"),
        ("kind", {"units": "23329", "became": "Phường Mới"}, "/VN/62/608/23329/", "Phường Mới"),
        ("transfer", {"units": "23329", "parent": "610"}, "/VN/62/610/23329/", "Xã Đoàn Kết"),
        ("transfer", {"units": "608", "parent": "51"}, "/VN/51/608/23329/", "Xã Đoàn Kết"),
        (
            "split",
            {"units": "23329", "became": "23329; Xã Đoàn\n29999; Xã Kết"},
            "/VN/62/608/29999/",
            "Xã Kết",
        ),
        ("dissolve", {"units": "23329", "became": "23326"}, "/VN/62/608/23326/", "Xã Ia Chim"),
        ("merge", {"units": "62\n51", "became": "51"}, "/VN/51/608/23329/", "Xã Đoàn Kết"),
    ],
)
def test_each_kind_of_resolution_and_taking_it_back(
    admin: User, kind: str, fields: dict[str, str], path: str, name: str
) -> None:
    with_role("officer", "23329")
    with_role("officer", "62")
    before = all_rows()
    made = applied(kind, admin, **fields)
    assert AdministrativeUnit.objects.on(DAY).get(path=path).name == name
    assert not AdministrativeUnit.objects.filter(is_unresolved=True).exists()
    services.withdraw(made.pk, by=admin)
    assert all_rows() == before
    assert list(made.steps.values_list("kind", flat=True)) == ["typed", "applied", "withdrawn"]
    assert Resolution.objects.get().status == "withdrawn"


def test_areas_targets_and_levels_go_to_the_successor_and_wait_to_be_checked(admin: User) -> None:
    officer = with_role("officer", "62")
    set_of(1)
    level = Threshold.objects.get()
    level.pk, level.province_code = None, "62"
    level.save()
    Target.objects.create(
        code="theirs", name="Mục tiêu", metric="certified_share", comparator=">=", value=60,
        due_on=date(2025, 12, 31), unit_code="62", legal_ref="QĐ",
    )  # fmt: skip
    made = applied("merge", admin, units="62\n51", became="51")
    assert officer.assignments.filter(unit=unit("51")).exists()
    assert Target.objects.get(code="theirs-51").unit_code == "51"
    copy = Threshold.objects.get(province_code="51")
    assert (copy.value, copy.valid_from) == (level.value, DAY)
    assert {item.kind for item in made.follow_ups.all()} == {"area", "target", "threshold"}
    ticked = list(made.follow_ups.values_list("pk", flat=True))[:1]
    assert check_off(FollowUp.objects.filter(resolution=made), ticked, by=admin) == 1
    assert made.follow_ups.exclude(checked_by=None).get().checked_by == admin
    services.withdraw(made.pk, by=admin)
    assert not Threshold.objects.filter(province_code="51").exists()
    assert not Target.objects.filter(unit_code="51").exists()
    assert not FollowUp.objects.exists()


def test_a_level_that_the_successor_set_itself_is_left_to_be_decided(admin: User) -> None:
    set_of(1)
    level = Threshold.objects.get()
    for code in ("62", "51"):
        level.pk, level.province_code = None, code
        level.save()
    made = applied("merge", admin, units="62\n51", became="51")
    assert made.follow_ups.get().made is None
    assert Threshold.objects.filter(province_code="51").count() == 1


def test_an_open_assessment_stays_with_the_unit_for_which_it_was_typed(admin: User) -> None:
    later = RoundFactory(code="2021-Q2", reference_date=date(2021, 6, 30))
    earlier = RoundFactory(code="2020-Q4", reference_date=date(2020, 12, 31))
    criteria_set = set_of(1)
    for code in ("23326", "23329"):
        for round_ in (earlier, later):
            assess(unit(code), round_, MET, criteria_set=criteria_set)
    for round_ in (earlier, later):
        rebuild(round_)
    made = applied("merge", admin, **MERGE)
    held = Assessment.objects.order_by("round__reference_date", "unit__code")
    assert list(held.values_list("unit__name", flat=True)) == [
        "Xã Ia Chim", "Xã Đoàn Kết", "Xã Ia Kết", "Xã Đoàn Kết",
    ]  # fmt: skip
    verify()
    assert what_rests(made) == []
    services.withdraw(made.pk, by=admin)
    assert "Xã Ia Kết" not in held.values_list("unit__name", flat=True)
    verify()


def test_what_rests_on_it_is_named_and_holds_it(admin: User) -> None:
    made = applied("merge", admin, **MERGE)
    round_ = RoundFactory(code="2021-Q2", reference_date=date(2021, 6, 30))
    assess(unit("23326"), round_, MET, criteria_set=set_of(1))
    second = applied("rename", admin, "01/02/2021", units="23326", became="Xã Khác")
    assert {item.count for item in what_rests(made)} == {1}
    assert len(what_rests(made)) == 2
    with pytest.raises(DomainError, match="rút lại"):
        services.withdraw(made.pk, by=admin)
    assert Resolution.objects.get(pk=made.pk).is_applied
    services.withdraw(second.pk, by=admin)
    assert len(what_rests(made)) == 1


def test_a_later_official_list_that_says_the_same_changes_nothing(admin: User) -> None:
    applied("merge", admin, **MERGE)
    before = all_rows()
    later = [row for row in UNITS if row[0] not in {"23326", "23329"}]
    later.append(("23326", "Xã Ia Kết", "commune", "commune", "608"))
    load_lists([the_list(LATER, later)])
    assert [row["path"] for row in all_rows()[0]] == [row["path"] for row in before[0]]
    assert all_rows()[1] == before[1]
    assert denied(the_list(LATER, later).listing) == []


def test_a_list_that_says_otherwise_prevails_and_both_ways_say_so(admin: User) -> None:
    load_lists([the_list(LATER)])
    form = typed("merge", admin, **MERGE)
    assert form.is_valid()
    assert form.act is not None
    effects = foresee(form.act)
    assert effects.denied_by == [(LATER, "Xã Ia Chim"), (LATER, "Xã Đoàn Kết")]
    applied("merge", admin, **MERGE)
    assert unit("23329", LATER).valid_from == LATER
    assert denied(the_list(LATER).listing) == [
        ("Nghị quyết 1", "23326 Xã Ia Chim"), ("Nghị quyết 1", "23329 Xã Đoàn Kết"),
    ]  # fmt: skip


def test_an_unresolved_unit_is_resolved_by_saying_what_it_became(admin: User) -> None:
    load_lists([the_list(LATER, [row for row in UNITS if row[0] != "23329"])])
    assert AdministrativeUnit.objects.get(is_unresolved=True).code == "23329"
    made = applied("explain", admin, "01/06/2021", units="23329", became="23326")
    assert not AdministrativeUnit.objects.filter(is_unresolved=True).exists()
    assert Succession.objects.get(predecessor__code="23329").successor == unit("23326", LATER)
    services.withdraw(made.pk, by=admin)
    assert AdministrativeUnit.objects.filter(is_unresolved=True).exists()


def test_only_who_administers_all_the_units_may_do_it(admin: User) -> None:
    neighbour = with_role("administrator", "51")
    form = typed("merge", neighbour, **MERGE)
    assert form.is_valid()
    assert form.save() is None
    assert form.errors["units"] == ["Bạn không quản trị tất cả các đơn vị này."]
    made = applied("merge", admin, **MERGE)
    with pytest.raises(DomainError):
        services.withdraw(made.pk, by=neighbour)
    assert Assignment.objects.filter(user=neighbour).count() == 1
