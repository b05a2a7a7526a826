import pytest
from django.utils import translation
from rest_framework.exceptions import Throttled

from ntm_portal.lib.errors import DomainError
from ntm_portal.lib.problems import SENTENCES, TITLES, explain_refusal


@pytest.fixture(autouse=True)
def _in_english() -> None:
    translation.activate("en")


def test_the_refusal_of_a_rule_is_a_conflict_with_its_own_sentence() -> None:
    response = explain_refusal(DomainError("Round 2020-Q4 is closed.", code="round-closed"), {})
    assert response is not None
    assert response.status_code == 409
    assert response.content_type == "application/problem+json"
    assert response.data == {
        "type": "about:blank",
        "title": "Against a rule",
        "status": 409,
        "code": "round-closed",
        "detail": "Round 2020-Q4 is closed.",
    }


def test_a_fault_of_ours_is_not_passed_off_as_a_refusal() -> None:
    assert explain_refusal(ZeroDivisionError(), {}) is None


def test_when_to_come_back_is_still_said() -> None:
    response = explain_refusal(Throttled(wait=5), {})
    assert response is not None
    assert response.headers["Retry-After"] == "5"
    assert response.data["code"] == "throttled"


def test_every_title_and_sentence_can_be_said() -> None:
    assert len([str(text) for text in (*TITLES.values(), *SENTENCES.values())]) == 24
