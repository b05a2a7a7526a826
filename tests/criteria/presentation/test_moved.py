"""A commune that takes the levels of another region is told so, with the article."""

import pytest
from django.test import Client

from communes.models import Designation
from criteria.models import Assessment, CriteriaSet, Measure
from criteria.presentation.thresholds import provinces_of
from ntm_portal.accounts.models import User
from tests.factories import (
    AssessmentFactory,
    MeasureFactory,
    ProvinceFactory,
    RegionFactory,
    RoundFactory,
    ThresholdFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return UserFactory(roles={"officer": ProvinceFactory()})


@pytest.fixture
def moved() -> tuple[Assessment, Measure]:
    RegionFactory(code="TDMNPB", name_en="Northern Midlands")
    measure = MeasureFactory(code="9")
    ThresholdFactory(measure=measure, value=90, region_code="TN")
    ThresholdFactory(measure=measure, value=75, region_code="TDMNPB")
    CriteriaSet.objects.update(
        region_override={
            "use_region": "TDMNPB",
            "holders": [["especially_disadvantaged"]],
            "legal_ref": "QĐ 318, Điều 1",
            "confidence": "read",
        }
    )
    return AssessmentFactory(), measure


def page_of(client: Client, reader: User, assessment: Assessment, path: str) -> str:
    client.force_login(reader)
    client.cookies["language"] = "en"
    return client.get(f"/criteria/assessments/{assessment.pk}/{path}").content.decode()


@pytest.mark.parametrize("path", ["", "values/9/why/"])
def test_the_level_of_the_other_region_is_shown_with_the_article(
    client: Client, officer: User, moved: tuple[Assessment, Measure], path: str
) -> None:
    assessment, _measure = moved
    assert "at least 90" in page_of(client, officer, assessment, path)
    Designation.objects.create(
        unit=assessment.unit,
        kind=Designation.Kind.ESPECIALLY_DISADVANTAGED,
        valid_from="2018-01-01",
        legal_ref="QĐ 582/QĐ-TTg",
    )
    page = page_of(client, officer, assessment, path)
    assert "at least 75" in page
    assert "at least 90" not in page
    assert "takes the levels of Northern Midlands" in page
    assert "QĐ 318, Điều 1" in page


def test_the_table_counts_the_provinces_of_the_last_round_of_its_set() -> None:
    province = ProvinceFactory()
    assessment = AssessmentFactory(round=RoundFactory())
    type(province).objects.update(valid_to=assessment.round.reference_date)
    assert provinces_of(assessment.criteria_set) == [province]
