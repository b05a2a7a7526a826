from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from criteria.models import Assessment, Outcome
from tests.api_client import ApiReader, reader_of
from tests.factories import (
    AssessmentFactory,
    CriteriaSetFactory,
    CriterionFactory,
    DistrictFactory,
    MeasureFactory,
    NationFactory,
    RoundFactory,
    ThresholdFactory,
    UnitFactory,
    UserFactory,
    ValueFactory,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2020, 12, 20, 5, tzinfo=UTC)


@pytest.fixture
def reader() -> ApiReader:
    return reader_of(NationFactory(), "committee")


def outcome(assessment: Assessment, basis: str, met: int) -> None:
    Outcome.objects.create(
        assessment=assessment, basis=basis, criteria_total=19, criteria_met=met, measures_total=49
    )


def read_outcome(met: int) -> dict[str, Any]:
    return {
        "criteria_total": 19,
        "criteria_met": met,
        "criteria_not_met": 0,
        "criteria_missing": 0,
        "criteria_undetermined": 0,
        "measures_total": 49,
        "measures_typed": 0,
        "meets_all": False,
        "rests_on_unconfirmed": False,
    }


def test_a_round_in_full(reader: ApiReader) -> None:
    RoundFactory(is_demonstration=True)
    round_ = {
        "code": "2020-Q4",
        "reference_date": "2020-12-31",
        "opens_on": "2020-12-01",
        "due_on": "2021-01-15",
        "status": "open",
        "is_demonstration": True,
    }
    assert reader.rows("rounds/") == [round_]
    assert reader.get("rounds/2020-Q4/").json() == round_


def test_rounds_are_narrowed_by_status(reader: ApiReader) -> None:
    RoundFactory(status="published")
    assert len(reader.rows("rounds/", status="published")) == 1
    assert reader.rows("rounds/", status="open") == []


def test_an_assessment_in_full(reader: ApiReader) -> None:
    assessment = AssessmentFactory(
        unit=UnitFactory(code="23329"),
        round=RoundFactory(is_demonstration=True),
        status="verified",
        version=3,
        submitted_at=NOON,
        verified_at=NOON,
    )
    Assessment.objects.update(updated_at=NOON)
    outcome(assessment, "reported", 14)
    outcome(assessment, "verified", 12)
    expected = {
        "id": assessment.pk,
        "unit": "23329",
        "unit_name": "Xã Thử 23329",
        "round": "2020-Q4",
        "criteria_set": "invented",
        "status": "verified",
        "version": 3,
        "updated_at": "2020-12-20T12:00:00+07:00",
        "submitted_at": "2020-12-20T12:00:00+07:00",
        "verified_at": "2020-12-20T12:00:00+07:00",
        "reported": read_outcome(14),
        "verified": read_outcome(12),
        "is_demonstration": True,
    }
    assert reader.rows("assessments/") == [expected]
    assert reader.get(f"assessments/{assessment.pk}/").json() == {**expected, "values": []}


def test_an_assessment_that_was_not_judged_has_no_outcome(reader: ApiReader) -> None:
    AssessmentFactory()
    (row,) = reader.rows("assessments/")
    assert (row["reported"], row["verified"]) == (None, None)


def test_a_value_in_full(reader: ApiReader) -> None:
    measure = MeasureFactory(criterion=CriterionFactory(code="17"), code="17.1a", position=1)
    value = ValueFactory(
        measure=measure,
        number=Decimal("1234567.8900"),
        verified_number=Decimal(100),
        threshold=ThresholdFactory(measure=measure, value=Decimal("95.5000")),
        distance=Decimal("-5.2500"),
        verdict="not_met",
        is_carried=True,
        note="theo báo cáo",
        version=2,
        updated_at=NOON,
        updated_by=UserFactory(username="officer"),
    )
    assert reader.get(f"assessments/{value.assessment_id}/").json()["values"] == [
        {
            "measure": "17.1a",
            "indicator": "17.1a",
            "criterion": "17",
            "kind": "percent",
            "measured_in": "%",
            "number": "1234567.89",
            "is_not_assessed": False,
            "verified_number": "100",
            "verified_is_not_assessed": False,
            "verdict": "not_met",
            "comparator": ">=",
            "threshold_value": "95.5",
            "legal_ref": "QĐ 0/QĐ-THỬ",
            "confidence": "read",
            "distance": "-5.25",
            "is_carried": True,
            "late_reason": None,
            "late_at": None,
            "note": "theo báo cáo",
            "version": 2,
            "updated_at": "2020-12-20T12:00:00+07:00",
            "updated_by": "officer",
        }
    ]


def test_what_is_not_known_of_a_value_is_null(reader: ApiReader) -> None:
    value = ValueFactory(number=None)
    (row,) = reader.get(f"assessments/{value.assessment_id}/").json()["values"]
    unknown = {name for name, content in row.items() if content is None}
    assert unknown == {
        "number",
        "verified_number",
        "threshold_value",
        "legal_ref",
        "confidence",
        "distance",
        "late_reason",
        "late_at",
        "updated_by",
    }


def test_values_come_in_the_order_of_the_law(reader: ApiReader) -> None:
    assessment = AssessmentFactory()
    for criterion, measure in ((10, 1), (9, 2), (9, 1)):
        place = CriterionFactory(position=criterion, code=f"{criterion}.{measure}")
        ValueFactory(
            assessment=assessment,
            measure=MeasureFactory(
                criterion=place, position=measure, code=f"{criterion}.{measure}"
            ),
        )
    values = reader.get(f"assessments/{assessment.pk}/").json()["values"]
    assert [row["measure"] for row in values] == ["9.1", "9.2", "10.1"]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"round": "2020-Q4"}, {"00001", "00002"}),
        ({"round": "2020-Q2"}, {"00003"}),
        ({"unit": "00001"}, {"00001"}),
        ({"within": "62"}, {"00001", "00002", "00003"}),
        ({"within": "609"}, {"00002"}),
        ({"status": "submitted"}, {"00003"}),
        ({"criteria_set": "other"}, {"00002"}),
        ({"criteria_set": "other", "status": "submitted"}, set()),
    ],
)
def test_assessments_are_narrowed(
    reader: ApiReader, query: dict[str, str], codes: set[str]
) -> None:
    AssessmentFactory(unit=UnitFactory(code="00001"))
    AssessmentFactory(
        unit=UnitFactory(code="00002", parent=DistrictFactory(code="609")),
        criteria_set=CriteriaSetFactory(code="other"),
    )
    AssessmentFactory(
        unit=UnitFactory(code="00003"),
        round=RoundFactory(code="2020-Q2", reference_date=date(2020, 6, 30)),
        status="submitted",
    )
    assert {row["unit"] for row in reader.rows("assessments/", **query)} == codes


def test_thirty_assessments_take_as_many_queries_as_one(reader: ApiReader) -> None:
    outcome(AssessmentFactory(), "reported", 5)
    reader.rows("assessments/")
    with CaptureQueriesContext(connection) as one:
        reader.rows("assessments/", within="VN")
    for _number in range(29):
        outcome(AssessmentFactory(), "reported", 5)
    with CaptureQueriesContext(connection) as thirty:
        assert len(reader.rows("assessments/", within="VN")) == 30
    assert len(thirty) == len(one)


def test_thirty_values_take_as_many_queries_as_one(reader: ApiReader) -> None:
    assessment = ValueFactory().assessment
    address = f"assessments/{assessment.pk}/"
    reader.get(address)
    with CaptureQueriesContext(connection) as one:
        reader.get(address)
    for _number in range(29):
        ValueFactory(assessment=assessment)
    with CaptureQueriesContext(connection) as thirty:
        assert len(reader.get(address).json()["values"]) == 30
    assert len(thirty) == len(one)
