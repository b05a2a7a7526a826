"""A province lets district and commune officers enter: no more than it holds, for units below."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.admin.models import LogEntry

from communes.models import AdministrativeUnit
from criteria.models import Assessment
from ntm_portal.accounts.delegating import delegate, withdraw
from ntm_portal.accounts.models import Assignment, User
from ntm_portal.lib.errors import DomainError
from tests.factories import (
    AssessmentFactory,
    DistrictFactory,
    ProvinceFactory,
    UnitFactory,
    UserFactory,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

pytestmark = pytest.mark.django_db
PAGE = "/accounts/delegations/"


@pytest.fixture
def province() -> User:
    return UserFactory(username="province", roles={"officer": ProvinceFactory()})


@pytest.fixture
def clerk() -> User:
    return UserFactory(username="clerk")


@pytest.fixture
def commune() -> AdministrativeUnit:
    return UnitFactory(code="23284", name="Xã Đoàn Kết")


def refused(username: str, unit: str, by: User) -> str:
    with pytest.raises(DomainError) as refusal:
        delegate(username, unit, by=by)
    assert not Assignment.objects.filter(user__username=username, unit__level="commune").exists()
    return str(refusal.value.code)


@pytest.mark.parametrize("called", ["23284", "Xã Đoàn Kết", "doan ket"])
def test_a_commune_officer_enters_her_own_unit_and_leaves_a_trace(
    province: User, clerk: User, commune: AdministrativeUnit, called: str
) -> None:
    held = delegate("Clerk", called, by=province)
    assert (held.user, held.unit, held.role) == (clerk, commune, "officer")
    assert LogEntry.objects.get().user_id == province.pk
    delegate("clerk", called, by=province)
    assert Assignment.objects.filter(user=clerk).count() == LogEntry.objects.count() == 1


def test_a_delegated_account_sees_its_own_units_alone(
    province: User, clerk: User, commune: AdministrativeUnit
) -> None:
    own, beside = AssessmentFactory(unit=commune), AssessmentFactory()
    delegate("clerk", commune.code, by=province)
    scope = User.objects.get(pk=clerk.pk).scope
    assert list(Assessment.objects.within(scope.read)) == [own]
    assert scope.may_write(own.unit.path)
    assert not scope.may_write(beside.unit.path)
    assert not scope.verify


def test_nobody_gives_what_lies_outside_or_is_as_wide_as_her_own(
    province: User, clerk: User
) -> None:
    far = UnitFactory(code="99999", path="/VN/99/99999/")
    assert refused("clerk", far.code, province) == "unit"
    assert refused("clerk", "62", province) == "unit"


def test_an_account_with_roles_elsewhere_is_left_to_an_administrator(
    province: User, commune: AdministrativeUnit
) -> None:
    far = UnitFactory(code="99", level="province", path="/VN/99/")
    UserFactory(username="other", roles={"verifier": far})
    UserFactory(username="verifier", roles={"verifier": ProvinceFactory()})
    UserFactory(username="root", is_superuser=True)
    for name in ("other", "verifier", "root", "nobody", "province"):
        assert refused(name, commune.code, province) == "username"


def test_what_is_taken_back_is_gone_and_recorded(
    province: User, clerk: User, commune: AdministrativeUnit
) -> None:
    withdraw(delegate("clerk", commune.code, by=province).pk, by=province)
    assert not clerk.assignments.exists()
    assert LogEntry.objects.count() == 2


def test_a_district_cannot_take_back_what_lies_beside_it(
    province: User, clerk: User, commune: AdministrativeUnit
) -> None:
    held = delegate("clerk", commune.code, by=province)
    beside = UserFactory(roles={"officer": DistrictFactory(code="610", name="Huyện Đắk Glei")})
    with pytest.raises(Assignment.DoesNotExist):
        withdraw(held.pk, by=beside)


def test_the_page_lists_delegates_and_refuses_at_the_field(
    client_of: Callable[[User], Client], province: User, clerk: User, commune: AdministrativeUnit
) -> None:
    client = client_of(province)
    client.cookies["language"] = "en"
    answer = client.post(f"{PAGE}new/", {"username": "clerk", "unit": "nowhere"})
    assert answer.status_code == 422
    assert "No unit below yours" in answer.content.decode()
    client.post(f"{PAGE}new/", {"username": "clerk", "unit": commune.code})
    assert "clerk" in client.get(PAGE).content.decode()
    client.post(f"{PAGE}{clerk.assignments.get().pk}/withdraw/")
    assert not clerk.assignments.exists()


def test_who_enters_nothing_delegates_nothing(client_of: Callable[[User], Client]) -> None:
    reader = client_of(UserFactory(roles={"committee": ProvinceFactory()}))
    assert reader.get(PAGE).status_code == 403
    assert reader.post(f"{PAGE}new/", {"username": "x", "unit": "y"}).status_code == 403
