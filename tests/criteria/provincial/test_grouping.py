"""Groups of communes: what is foreseen happens, from its day on, by the province's officers."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from criteria.models import CommuneGroup, CriterionVerdict, Measure, ProvincialDecision
from criteria.services.provincial import enact
from criteria.services.provincial_levels import Law
from ntm_portal.accounts.models import User
from tests.criteria.provincial.conftest import level, reported

pytestmark = pytest.mark.django_db
PAGE = "/criteria/sets/invented/provinces/62/groups/"


def verdicts() -> set[tuple[int, str]]:
    rows = CriterionVerdict.objects.filter(outcome__basis="reported")
    return set(rows.values_list("outcome__assessment", "verdict"))


def test_groups_are_foreseen_and_then_written(
    client_of: Callable[[User], Client],
    law: Law,
    delegated: Measure,
    draft: Callable[..., ProvincialDecision],
    officer: User,
) -> None:
    moved, kept = reported(delegated, 60, 60)
    enact(draft().pk, [level(delegated, "80"), level(delegated, "50", "II")], by=officer)
    client = client_of(officer)
    client.cookies["language"] = "en"
    typed = {
        "valid_from": "2020-07-01",
        "legal_ref": "QĐ 2",
        f"group-{moved.unit.code}": "II",
        f"group-{kept.unit.code}": "I",
    }
    assert "1 verdict: 1 gained, 0 lost" in client.post(PAGE, typed).content.decode()
    assert not CommuneGroup.objects.exists()
    answer = client.post(PAGE, {**typed, "confirm": "1"}, follow=True)
    assert "Verdicts changed: 1 gained, 0 lost." in answer.content.decode()
    assert (moved.pk, "met") in verdicts()
    assert not {pk for pk, verdict in verdicts() if verdict == "met"} - {moved.pk}
    later = {**typed, "valid_from": "2020-09-01", f"group-{moved.unit.code}": "", "confirm": "1"}
    client.post(PAGE, later)
    assert CommuneGroup.objects.get(unit=moved.unit).valid_to == date(2020, 8, 31)
    assert (moved.pk, "met") not in verdicts()
    early = {**typed, "valid_from": "2020-06-01", f"group-{kept.unit.code}": "", "confirm": "1"}
    refused = client.post(PAGE, early)
    assert refused.status_code == 422
    assert "A commune got its group later than that day" in refused.content.decode()


def test_only_her_own_province_has_the_page(
    client_of: Callable[[User], Client], law: Law, verifier: User, administrator: User
) -> None:
    for person in (verifier, administrator):
        assert client_of(person).get(PAGE).status_code == 404
        assert client_of(person).post(PAGE, {"confirm": "1"}).status_code == 404
