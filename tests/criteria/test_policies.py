"""May she? By role and place."""

from collections.abc import Callable

import pytest

from criteria import policies
from criteria.models import Assessment
from ntm_portal.accounts.scope import Scope
from tests.factories import AssessmentFactory

pytestmark = pytest.mark.django_db
NEAR, FAR = "/VN/62/", "/VN/42/"


@pytest.fixture
def assessment() -> Assessment:
    return AssessmentFactory()


@pytest.mark.parametrize(
    ("role", "sees", "writes", "verifies"),
    [
        ("officer", True, True, False),
        ("verifier", True, False, True),
        ("committee", True, False, False),
        ("administrator", True, False, False),
    ],
)
def test_each_role_may_do_its_own_within_its_area(
    assessment: Assessment, role: str, *, sees: bool, writes: bool, verifies: bool
) -> None:
    scope = Scope.of([(role, NEAR)])
    assert policies.may_see(scope, assessment) is sees
    assert policies.may_write(scope, assessment) is writes
    assert policies.may_submit(scope, assessment) is writes
    assert policies.may_verify(scope, assessment) is verifies


@pytest.mark.parametrize("role", ["officer", "verifier", "committee"])
def test_nobody_may_anything_outside_her_area(assessment: Assessment, role: str) -> None:
    scope = Scope.of([(role, FAR)])
    for may in (
        policies.may_see,
        policies.may_write,
        policies.may_submit,
        policies.may_verify,
    ):
        assert not may(scope, assessment)


def test_the_second_person_is_not_the_one_who_sent_it(assessment: Assessment) -> None:
    assessment.submitted_by_id = 7
    assert not policies.is_second_person(assessment, 7)
    assert policies.is_second_person(assessment, 8)


@pytest.mark.parametrize("may", [policies.may_run_rounds, policies.may_confirm_law])
def test_only_who_administers_the_nation_runs_rounds_and_confirms_law(
    may: Callable[[Scope], bool],
) -> None:
    assert may(Scope.of([("administrator", "/VN/")]))
    assert not may(Scope.of([("administrator", NEAR), ("committee", "/VN/")]))
    assert not may(Scope.of([("officer", NEAR), ("verifier", NEAR)]))
