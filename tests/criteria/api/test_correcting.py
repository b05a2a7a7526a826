"""Values sent to one assessment: never over what the sender has not seen."""

from __future__ import annotations

from typing import Any

import pytest

from communes.change_models import Change
from criteria.models import Assessment, IndicatorValue, Measure
from ntm_portal.accounts.models import User
from tests.criteria.api.test_push import client_of
from tests.factories import AssessmentFactory, ProvinceFactory, UserFactory
from tests.ledger import numbered

pytestmark = pytest.mark.django_db


def address(assessment: Assessment) -> str:
    return f"/api/v1/assessments/{assessment.pk}/"


def patch(owner: User, assessment: Assessment, number: str, **headers: str) -> Any:  # JSON inside
    sent = {"values": [{"measure": "5", "number": number}]}
    numbered()
    response = client_of(owner).patch(
        address(assessment), sent, format="json", headers=headers or None
    )
    numbered()
    return response


def tag(owner: User, assessment: Assessment, query: str = "") -> str:
    numbered()
    etag: str = client_of(owner).get(f"{address(assessment)}{query}")["ETag"]
    return etag


def test_what_was_read_is_written_over(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    response = patch(officer, assessment, "90", **{"If-Match": tag(officer, assessment)})
    assert response.status_code == 200
    assert response.json()["counts"]["changed"] == 1
    assert IndicatorValue.objects.get().number == 90


def test_what_changed_since_is_told_with_both_values(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    seen = tag(officer, assessment)
    patch(officer, assessment, "91")
    response = patch(officer, assessment, "92", **{"If-Match": seen})
    assert (response.status_code, response.json()["code"]) == (412, "changed-meanwhile")
    assert response.json()["rows"] == [
        {"row": 0, "measure": "5", "mine": "92", "theirs": "91", "version": 1}
    ]
    assert IndicatorValue.objects.get().number == 91
    again = patch(officer, assessment, "92", **{"If-Match": tag(officer, assessment)})
    assert again.status_code == 200


def test_the_tag_of_an_answer_to_a_patch_serves_the_next(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    patch(officer, assessment, "90")
    seen = tag(officer, assessment)
    assert patch(officer, assessment, "90", **{"If-Match": seen})["ETag"] == seen


@pytest.mark.parametrize("query", ["?fields=values", ""])
def test_other_fields_and_other_assessments_do_not_make_it_another(
    assessment: Assessment, measure: Measure, officer: User, query: str
) -> None:
    seen = tag(officer, assessment, query)
    patch(officer, AssessmentFactory(), "70")
    response = patch(officer, assessment, "90", **{"If-Match": f'W/"0-x", W/{seen}'})
    assert response.status_code == 200


@pytest.mark.parametrize("sent", ['"x"', "0", '"99999999-a"', ""])
def test_a_tag_that_was_never_given_matches_nothing(
    assessment: Assessment, measure: Measure, officer: User, sent: str
) -> None:
    patch(officer, assessment, "90")
    assert patch(officer, assessment, "91", **{"If-Match": sent}).status_code == 412


def test_a_read_assessment_is_not_sent_twice_and_a_changed_one_is(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    seen = tag(officer, assessment)
    client = client_of(officer)
    assert client.get(address(assessment), headers={"If-None-Match": seen}).status_code == 304
    patch(officer, AssessmentFactory(), "70")
    assert client.get(address(assessment), headers={"If-None-Match": seen}).status_code == 304
    patch(officer, assessment, "90")
    assert client.get(address(assessment), headers={"If-None-Match": seen}).status_code == 200


def test_what_is_written_in_bulk_changes_every_tag(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    seen = tag(officer, assessment)
    unit = assessment.unit
    Change.objects.create(kind="assessment", path=unit.path, at=assessment.updated_at)
    assert patch(officer, assessment, "90", **{"If-Match": seen}).status_code == 412


def test_an_assessment_out_of_reach_is_not_there(
    assessment: Assessment, measure: Measure, officer: User
) -> None:
    neighbour = ProvinceFactory(code="42", name="Tỉnh Hà Tĩnh")
    stranger = UserFactory(roles={"officer": neighbour})
    assert patch(stranger, assessment, "90").status_code == 404
    assert not IndicatorValue.objects.exists()


def test_if_match_is_refused_where_it_would_be_ignored(officer: User) -> None:
    response = client_of(officer).post(
        "/api/v1/values/", {"values": [{}]}, format="json", headers={"If-Match": '"1-a"'}
    )
    assert (response.status_code, response.json()["code"]) == (400, "if-match-not-here")
