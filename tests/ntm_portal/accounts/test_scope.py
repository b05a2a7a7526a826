import pytest
from pytest_django import DjangoAssertNumQueries

from ntm_portal.accounts.scope import Scope
from tests.factories import NationFactory, ProvinceFactory, UserFactory

KON_TUM = "/VN/62/"
COMMUNE = "/VN/62/608/23329/"


@pytest.mark.parametrize(
    ("role", "reads", "writes", "verifies", "administers"),
    [
        ("officer", True, True, False, False),
        ("verifier", True, False, True, False),
        ("committee", True, False, False, False),
        ("administrator", True, False, False, True),
    ],
)
def test_each_role_may_do_its_own_within_its_area(
    role: str, reads: bool, writes: bool, verifies: bool, administers: bool
) -> None:
    scope = Scope.of([(role, KON_TUM)])
    assert scope.may_read(COMMUNE) is reads
    assert scope.may_write(COMMUNE) is writes
    assert scope.may_verify(COMMUNE) is verifies
    assert scope.administers is administers
    assert not scope.may_read("/VN/42/")
    assert not scope.may_read("/VN/")


def test_a_code_that_begins_alike_is_another_unit() -> None:
    assert not Scope.of([("officer", "/VN/6/")]).may_write("/VN/62/")


def test_roles_add_up() -> None:
    scope = Scope.of([("officer", "/VN/42/"), ("verifier", KON_TUM)])
    assert scope.may_write("/VN/42/1/")
    assert not scope.may_write(COMMUNE)
    assert scope.may_verify(COMMUNE)


def test_nobody_assigned_may_do_nothing() -> None:
    assert Scope.of([]) == Scope()
    assert not Scope().may_read("/VN/")


@pytest.mark.django_db
def test_the_scope_of_a_person_comes_from_her_assignments_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    person = UserFactory(roles={"officer": ProvinceFactory(), "committee": NationFactory()})
    with django_assert_num_queries(1):
        assert person.scope.write == {KON_TUM}
        assert person.scope.read == {KON_TUM, "/VN/"}
        assert {held.unit.path for held in person.held_roles} == {KON_TUM, "/VN/"}


@pytest.mark.django_db
def test_a_superuser_administers_and_an_inactive_person_may_nothing() -> None:
    assert UserFactory(is_superuser=True).scope.administers
    assert UserFactory(is_superuser=True, is_active=False).scope == Scope()
