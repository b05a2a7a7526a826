"""Warnings at the field and in the ranked list of a round: they block nothing, ask for a note."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from criteria.models import Assessment, Measure, ValueNote
from criteria.services import save_value, submit
from ntm_portal.accounts.models import User
from tests.criteria.views.conftest import Browser
from tests.factories import (
    AssessmentFactory,
    NationFactory,
    RoundFactory,
    UnitFactory,
    UserFactory,
    ValueFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/criteria/rounds/2020-Q4/warnings/"
SENTENCE = "It was 40 in the round before and is 90 now."


def jumped(measure: Measure, code: str = "20001", number: int = 90) -> Assessment:
    unit = UnitFactory(code=code)
    earlier = RoundFactory(code="2020-Q3", reference_date=date(2020, 9, 30), status="published")
    before = AssessmentFactory(unit=unit, round=earlier)
    ValueFactory(assessment=before, measure=measure, number=40)
    now = AssessmentFactory(unit=unit)
    ValueFactory(assessment=now, measure=measure, number=number)
    return now


def test_a_jump_is_told_at_the_field_and_asks_for_a_note(
    browser: Browser, measure: Measure, officer: User
) -> None:
    assessment = jumped(measure)
    client, address = browser(officer), f"/criteria/assessments/{assessment.pk}/"
    page = client.get(address).content.decode()
    assert SENTENCE in page
    assert "Write a note why" in page
    ValueNote.objects.create(assessment=assessment, measure=measure, text="Đo lại", by=officer)
    page = client.get(address).content.decode()
    assert SENTENCE in page
    assert "Write a note why" not in page


def test_it_is_told_as_the_field_is_saved_and_blocks_nothing(
    browser: Browser, measure: Measure, officer: User
) -> None:
    assessment = jumped(measure, number=41)
    data = {"value-5": "90", "was-5": "41", "seen-5": "1"}
    address = f"/criteria/assessments/{assessment.pk}/values/5/"
    answer = browser(officer).post(address, data, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert SENTENCE in answer.content.decode()
    assert submit(assessment.pk, by=officer).status == "submitted"


def test_the_list_has_what_no_note_explains_first(
    browser: Browser, measure: Measure, officer: User, verifier: User
) -> None:
    far, near = jumped(measure, "20001", 95), jumped(measure, "20002", 70)
    ValueNote.objects.create(assessment=far, measure=measure, text="Đo lại", by=officer)
    page = browser(verifier).get(LIST).content.decode()
    assert "2 warnings" in page
    assert "1 without a note" in page
    rows = page[page.index("<tbody>") :]
    assert rows.index(f"/assessments/{near.pk}/") < rows.index(f"/assessments/{far.pk}/")


def test_communes_with_all_numbers_alike_are_told(
    browser: Browser, measure: Measure, verifier: User
) -> None:
    for code in ("20001", "20002"):
        ValueFactory(assessment=AssessmentFactory(unit=UnitFactory(code=code)), measure=measure)
    assert browser(verifier).get(LIST).content.decode().count("All numbers are those of") == 2


def test_another_province_reads_none_and_the_nation_chooses_one(
    browser: Browser, measure: Measure
) -> None:
    jumped(measure)
    far = UnitFactory(code="99", level="province", path="/VN/99/")
    assert SENTENCE not in browser(UserFactory(roles={"verifier": far})).get(LIST).content.decode()
    central = browser(UserFactory(roles={"committee": NationFactory()}))
    assert SENTENCE not in central.get(LIST).content.decode()
    assert SENTENCE in central.get(f"{LIST}?within=62").content.decode()


def test_thirty_communes_take_as_many_queries_as_one(
    browser: Browser, measure: Measure, verifier: User
) -> None:
    client, counts = browser(verifier), []
    for many in (1, 30):
        for number in range(many):
            jumped(measure, f"{many}{number:03d}", number=70 + number % 25)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_value_that_goes_back_is_odd_no_more(
    browser: Browser, measure: Measure, officer: User
) -> None:
    assessment = jumped(measure)
    save_value(assessment.pk, "5", Decimal(50), seen_version=1, by=officer)
    assert "1 warning" not in browser(officer).get(LIST).content.decode()


def test_the_worklist_counts_the_warnings_of_each_commune_and_leads_to_them(
    browser: Browser, measure: Measure, officer: User
) -> None:
    jumped(measure)
    AssessmentFactory()
    client = browser(officer)
    page = client.get("/criteria/rounds/2020-Q4/").content.decode()
    assert page.count("/criteria/rounds/2020-Q4/warnings/?within=") == 1
    assert "/criteria/rounds/2020-Q4/warnings/?within=62&amp;unit=20001" in page
    assert SENTENCE in client.get(f"{LIST}?unit=20001").content.decode()
    assert SENTENCE not in client.get(f"{LIST}?unit=99999").content.decode()
