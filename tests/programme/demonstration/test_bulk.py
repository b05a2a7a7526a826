"""Rows written past the ORM read back as those written through it."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from criteria.models import AssessmentEvent, IndicatorValue, Outcome
from programme.demonstration.bulk import moment, reserve, write
from tests.factories import AssessmentFactory, MeasureFactory, UserFactory, ValueFactory

pytestmark = pytest.mark.django_db
AT = datetime(2020, 12, 31, 9, 30, tzinfo=UTC)


def test_numbers_moments_and_nothing_come_back_as_they_were() -> None:
    assessment, measure = AssessmentFactory(), MeasureFactory()
    pk = reserve(IndicatorValue, 1)[0]
    columns = [
        "id",
        "assessment_id",
        "measure_id",
        "number",
        "verified_number",
        "note",
        "is_carried",
        "version",
        "verdict",
        "updated_at",
    ]
    row = (pk, assessment.pk, measure.pk, Decimal("39.5"), None, "", True, 2, "met", moment(AT))
    write(IndicatorValue, columns, [row])
    value = IndicatorValue.objects.get(pk=pk)
    assert (value.number, value.verified_number, value.note) == (Decimal("39.5"), None, "")
    assert (value.is_carried, value.updated_at, value.threshold) == (True, AT, None)


def test_commas_quotes_and_lines_in_a_text_survive() -> None:
    assessment, person = AssessmentFactory(), UserFactory()
    reason = 'Thiếu "biên bản", và\nsố liệu'
    columns = ["assessment_id", "at", "by_id", "from_status", "to_status", "reason"]
    write(
        AssessmentEvent,
        columns,
        [(assessment.pk, moment(AT), person.pk, "", "draft", reason)],
    )
    event = AssessmentEvent.objects.get()
    assert (event.from_status, event.reason, event.at) == ("", reason, AT)


def test_reserved_ids_are_free_and_stay_free_for_the_orm() -> None:
    standing = ValueFactory()
    reserved = reserve(IndicatorValue, 3)
    assert len(set(reserved)) == 3
    assert standing.pk not in reserved
    measures = [MeasureFactory() for _number in reserved]
    rows = [
        (pk, standing.assessment_id, measure.pk, "", False, 1, "missing", moment(AT))
        for pk, measure in zip(reserved, measures, strict=True)
    ]
    columns = [
        "id",
        "assessment_id",
        "measure_id",
        "note",
        "is_carried",
        "version",
        "verdict",
        "updated_at",
    ]
    write(IndicatorValue, columns, rows)
    assert ValueFactory().pk not in reserved


def test_nothing_is_written_of_no_rows() -> None:
    write(Outcome, ["id", "assessment_id"], [])
    assert not Outcome.objects.exists()
