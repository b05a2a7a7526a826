"""Who records decisions: an officer of the whole province, and the office that administers."""

import pytest

from communes.models import AdministrativeUnit
from criteria.recognition.policies import may_record, may_record_anywhere
from ntm_portal.accounts.scope import Scope
from tests.factories import NationFactory

HELD = {
    "officer of the province": ([("officer", "/VN/62/")], True, True),
    "officer of the nation": ([("officer", "/VN/")], True, True),
    "officer of the district": ([("officer", "/VN/62/612/")], False, False),
    "officer of the commune": ([("officer", "/VN/62/612/23470/")], False, False),
    "officer of another province": ([("officer", "/VN/42/")], False, True),
    "officer of a province whose code begins alike": ([("officer", "/VN/6/")], False, True),
    "verifier": ([("verifier", "/VN/62/")], False, False),
    "committee": ([("committee", "/VN/")], False, False),
    "administrator": ([("administrator", "/VN/")], True, True),
    "administrator elsewhere": ([("administrator", "/VN/42/")], False, True),
    "administrator elsewhere who reads the nation": (
        [("administrator", "/VN/42/"), ("committee", "/VN/")],
        False,
        True,
    ),
    "nobody": ([], False, False),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("held", "here", "anywhere"), HELD.values(), ids=HELD)
def test_who_may_record(
    commune: AdministrativeUnit,
    district: AdministrativeUnit,
    held: list[tuple[str, str]],
    *,
    here: bool,
    anywhere: bool,
) -> None:
    scope = Scope.of(held)
    assert may_record(scope, commune) is here
    assert may_record(scope, district) is here
    assert may_record_anywhere(scope) is anywhere


@pytest.mark.django_db
def test_nobody_records_for_the_nation_but_who_administers_it() -> None:
    nation = NationFactory()
    assert not may_record(Scope.of([("officer", "/VN/62/")]), nation)
    assert may_record(Scope.of([("administrator", "/VN/")]), nation)
