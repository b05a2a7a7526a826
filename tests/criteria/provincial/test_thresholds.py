"""The table of a set: who may look, what stands where, what is missing, and as Excel."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from communes.models import AdministrativeUnit
from criteria.models import CriteriaSet, Measure, ProvincialDecision
from criteria.services.provincial import enact
from criteria.services.provincial_levels import Law
from ntm_portal.accounts.models import User
from tests.criteria.provincial.conftest import level
from tests.factories import (
    CriteriaSetFactory,
    MeasureFactory,
    ProvinceFactory,
    ThresholdFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TABLE = "/criteria/sets/invented/thresholds/"


@pytest.fixture
def reader(client_of: Callable[[User], Client]) -> Client:
    """Return somebody without any role."""
    client = client_of(UserFactory())
    client.cookies["language"] = "en"
    return client


def page(reader: Client, query: str = "") -> str:
    return " ".join(reader.get(f"{TABLE}{query}").content.decode().split())


def test_a_level_stands_in_its_column_with_its_certainty_and_source(
    reader: Client, province: AdministrativeUnit
) -> None:
    measure = MeasureFactory()
    ThresholdFactory(measure=measure, value=45, legal_ref="QĐ 1980, 10")
    ThresholdFactory(measure=measure, value=41, region_code="TN", confidence="unconfirmed")
    shown = page(reader)
    assert '<th scope="col" class="num">Central Highlands</th>' in shown
    assert '<td class="num">at least 45</td>' in shown
    assert '<td class="num">at least 41<span class="unconfirmed">' in shown
    assert "QĐ 1980, 10" in shown
    assert "/confirm/" not in shown


def test_what_a_province_has_set_and_has_not_is_shown(
    reader: Client,
    law: Law,
    delegated: Measure,
    draft: Callable[..., ProvincialDecision],
    officer: User,
) -> None:
    ProvinceFactory(code="42", name="Tỉnh Hà Tĩnh", name_en="Ha Tinh Province")
    assert "0 of 2 provinces have set it." in page(reader)
    assert "Kon Tum Province has not set it." in page(reader, "?province=62")
    decision = draft()
    enact(decision.pk, [level(delegated, "70"), level(delegated, "50", "II")], by=officer)
    shown = page(reader)
    assert "1 of 2 provinces have set it." in shown
    assert "Not set by: Ha Tinh Province" in shown
    shown = page(reader, "?province=62")
    assert "Kon Tum Province has set it." in shown
    assert "Kon Tum Province, communes of area II</th>" in shown
    assert f'href="/criteria/decisions/{decision.pk}/"' in shown
    assert "at least 70" not in page(reader, "?province=42")


def test_a_year_shows_the_law_of_that_year(
    reader: Client,
    law: Law,
    delegated: Measure,
    draft: Callable[..., ProvincialDecision],
    officer: User,
) -> None:
    enact(draft(valid_from=date(2020, 6, 1)).pk, [level(delegated, "70")], by=officer)
    assert "at least 70" in page(reader, "?province=62&year=2020")
    assert "at least 70" not in page(reader, "?province=62&year=2019")
    assert "at least 70" in page(reader, "?province=62&year=soon")


def test_an_incomplete_set_says_so(reader: Client, law: Law) -> None:
    CriteriaSetFactory(code="complete")
    CriteriaSet.objects.filter(code="invented").update(is_complete=False, indicators_total=47)
    assert "This set is incomplete: 1 of 47 indicators could be read." in page(reader)
    listed = reader.get("/criteria/sets/").content.decode()
    assert listed.count("<strong>incomplete</strong>") == 1
    assert '1<span class="muted">/47</span>' in listed


def test_only_those_who_may_are_offered_to_set_or_confirm(
    client_of: Callable[[User], Client], law: Law, officer: User, administrator: User
) -> None:
    ThresholdFactory(measure=MeasureFactory(), value=None, confidence="unknown")
    assert "provinces/62/new/" in page(client_of(officer))
    assert "provinces/62/new/" not in page(client_of(administrator))
    assert "/confirm/" in page(client_of(administrator))
    assert "/confirm/" not in page(client_of(officer))


def test_the_workbook_says_the_same_in_the_readers_language(reader: Client) -> None:
    ThresholdFactory(measure=MeasureFactory(code="10"), value=Decimal("41.5"), legal_ref="=1+1")
    book = load_workbook(BytesIO(reader.get(f"{TABLE[:-1]}.xlsx").content))
    table, sources = book.worksheets
    assert [cell.value for cell in table[1]][:5] == [
        "Indicator",
        "Official text",
        "Unit",
        "Comparison",
        "whole country",
    ]
    assert (table["A2"].value, table["E2"].value) == ("10", 41.5)
    assert (sources["E2"].value, sources["E2"].data_type) == ("=1+1", "s")
    reader.cookies["language"] = "vi"
    book = load_workbook(BytesIO(reader.get(f"{TABLE[:-1]}.xlsx").content))
    assert book.worksheets[0]["B2"].value == "Chỉ tiêu 10"


def test_the_queries_do_not_grow_with_the_table(
    reader: Client, province: AdministrativeUnit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ThresholdFactory()
    with CaptureQueriesContext(connection) as for_one:
        reader.get(TABLE)
    for _ in range(30):
        ThresholdFactory(confidence="unconfirmed")
    with django_assert_num_queries(len(for_one)):
        reader.get(TABLE)


def test_a_number_of_criteria_that_nobody_read_is_not_nought(reader: Client) -> None:
    CriteriaSetFactory(
        code="village-invented", level="village", is_complete=False, indicators_total=None
    )
    shown = " ".join(reader.get("/criteria/sets/").content.decode().split())
    assert shown.count('<td class="num">none read</td>') == 2  # of criteria, of indicators
    assert '<td class="num">0</td>' not in shown
