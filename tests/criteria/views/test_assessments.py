"""The page of one assessment: what it shows, what it saves, and that nothing typed is lost."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from criteria.models import Assessment, Measure, ReportingRound, ValueChange
from ntm_portal.accounts.models import User
from tests.criteria.views.conftest import Browser
from tests.factories import (
    AssessmentFactory,
    CriterionFactory,
    MeasureFactory,
    ProvinceFactory,
    RoundFactory,
    ThresholdFactory,
    UnitFactory,
    UserFactory,
    ValueFactory,
)

pytestmark = pytest.mark.django_db


def address(assessment: Assessment, query: str = "") -> str:
    return f"/criteria/assessments/{assessment.pk}/{query}"


def page_of(client: Client, assessment: Assessment, query: str = "") -> str:
    return client.get(address(assessment, query)).content.decode()


def typed(code: str, text: str, was: str = "", seen: str = "") -> dict[str, str]:
    return {f"value-{code}": text, f"was-{code}": was, f"seen-{code}": seen}


def test_the_form_shows_what_is_asked_and_where_it_comes_from(
    browser: Browser, assessment: Assessment, officer: User
) -> None:
    measure = MeasureFactory(criterion=CriterionFactory(code="10"), code="10", kind="amount")
    ThresholdFactory(measure=measure, value=45)
    ThresholdFactory(measure=measure, value=41, region_code="TN", confidence="unconfirmed")
    ValueFactory(assessment=assessment, measure=measure, number=Decimal("39.5"))
    page = page_of(browser(officer), assessment)
    assert "at least 41 · Central Highlands" in page
    assert "recalled, not yet confirmed" in page
    assert "1.5 short" in page
    assert "not used: the one above is more specific" in page
    assert "0 of 1 criteria met" in page
    assert 'value="39.5"' in page


def test_a_value_that_the_province_must_settle_first_says_so(
    browser: Browser, assessment: Assessment, officer: User
) -> None:
    measure = MeasureFactory()
    measure.indicator.delegated_to = "province"
    measure.indicator.save()
    ValueFactory(assessment=assessment, measure=measure)
    page = page_of(browser(officer), assessment)
    assert "the province sets the level, and has not · Kon Tum" in page
    assert "is-undetermined" in page


@pytest.mark.parametrize(
    ("language", "text", "number", "shown"),
    [
        ("vi", "1.234,5", "1234.5", "1.234,5"),
        ("en", "1,234.5", "1234.5", "1,234.5"),
        ("vi", "39,5", "39.5", "39,5"),
    ],
)
def test_numbers_are_read_and_written_as_the_reader_does(
    browser: Browser,
    assessment: Assessment,
    officer: User,
    language: str,
    text: str,
    number: str,
    shown: str,
) -> None:
    measure = MeasureFactory(kind="amount")
    client = browser(officer, language)
    client.post(address(assessment), typed(measure.code, text))
    assert assessment.values.get().number == Decimal(number)
    assert f'value="{shown}"' in page_of(client, assessment)


def test_all_that_was_typed_is_saved_and_she_returns_to_the_last_field(
    browser: Browser, assessment: Assessment, officer: User
) -> None:
    measures = [MeasureFactory() for _ in range(3)]
    data = typed(measures[0].code, "90") | typed(measures[1].code, "80") | typed("x", "", "")
    answer = browser(officer).post(address(assessment, "?show=missing"), data)
    assert answer.status_code == 302
    assert answer["Location"] == address(assessment, f"?show=missing#row-{measures[1].code}")
    assert set(assessment.values.values_list("number", flat=True)) == {Decimal(80), Decimal(90)}


def test_untouched_fields_are_left_alone_even_carried_ones(
    browser: Browser, assessment: Assessment, measure: Measure, officer: User
) -> None:
    ValueFactory(assessment=assessment, measure=measure, number=81, is_carried=True)
    browser(officer).post(address(assessment), typed("5", "81", was="81", seen="1"))
    assert assessment.values.get().is_carried
    assert not ValueChange.objects.exists()


BAD = [
    ("abc", "“abc” is not a number"),
    ("-5", "between 0 and 100"),
    ("140", "between 0 and 100"),
    ("1.234,5", "Write 1,234.5"),
    ("1" + "0" * 30, "too large"),
]


@pytest.mark.parametrize(("text", "said"), BAD)
@pytest.mark.parametrize("is_htmx", [False, True])
def test_a_bad_value_is_refused_beside_its_field_as_it_was_typed(
    browser: Browser,
    assessment: Assessment,
    measure: Measure,
    officer: User,
    text: str,
    said: str,
    is_htmx: bool,
) -> None:
    client = browser(officer)
    if is_htmx:
        where, headers = address(assessment) + "values/5/", {"HX-Request": "true"}
    else:
        where, headers = address(assessment), {}
    answer = client.post(where, typed("5", text), headers=headers)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert f'value="{text}"' in page
    assert not assessment.values.exists()


def test_of_a_whole_form_the_good_is_saved_and_the_bad_comes_back(
    browser: Browser, assessment: Assessment, measure: Measure, officer: User
) -> None:
    other = MeasureFactory()
    answer = browser(officer).post(address(assessment), typed("5", "140") | typed(other.code, "60"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert assessment.values.get().measure == other
    assert 'href="#row-5"' in page
    assert "1 value saved" in page
    assert 'value="140"' in page


def test_an_emptied_field_takes_the_value_away(
    browser: Browser, assessment: Assessment, measure: Measure, officer: User
) -> None:
    ValueFactory(assessment=assessment, measure=measure, number=81)
    client = browser(officer)
    assert "such as 61.5" not in page_of(client, assessment)
    client.post(address(assessment), typed("5", "", was="81", seen="1"))
    assert assessment.values.get().number is None
    assert "such as 61.5" not in page_of(client, assessment), "it says that it is saved, empty"


def test_the_example_of_a_whole_number_is_one(
    browser: Browser, assessment: Assessment, officer: User
) -> None:
    MeasureFactory(code="9.1", kind="count")
    page = page_of(browser(officer), assessment)
    assert "such as 12" in page
    assert "such as 61.5" not in page


def test_an_indicator_that_is_not_in_the_set_is_refused_by_name(
    browser: Browser, assessment: Assessment, measure: Measure, officer: User
) -> None:
    client = browser(officer)
    answer = client.post(address(assessment), typed("99.9", "1"))
    assert answer.status_code == 422
    assert "has no indicator “99.9”" in answer.content.decode()
    where = address(assessment) + "values/99.9/"
    answer = client.post(where, typed("99.9", "1"), headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert answer.content.decode().count("has no indicator “99.9”") == 2, "at the field, below"
    assert "None" not in answer.content.decode()
    assert answer.headers["HX-Reswap"] == "none", "the row with what was typed stays"


def test_in_a_published_round_the_typed_values_are_shown_again_with_the_reason(
    browser: Browser, assessment: Assessment, measure: Measure, officer: User
) -> None:
    ReportingRound.objects.update(status="published")
    client = browser(officer)
    assert 'name="value-5"' not in page_of(client, assessment)
    assert "Round 2020-Q4 is published" in page_of(client, assessment)
    assert "next: you" not in page_of(client, assessment), "nobody can act any more"
    answer = client.post(address(assessment), typed("5", "77.7"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Round 2020-Q4 is published" in page
    assert "You typed “77.7”: not saved." in page


def test_a_unit_that_was_abolished_is_only_read_and_the_day_is_named(
    browser: Browser, measure: Measure, officer: User
) -> None:
    assessment = AssessmentFactory(unit=UnitFactory(valid_to=date(2020, 12, 30)))
    client = browser(officer)
    assert "last day was 30 Dec 2020" in page_of(client, assessment)
    page = client.post(address(assessment), typed("5", "77.7")).content.decode()
    assert "You typed “77.7”: not saved." in page


def test_in_a_form_older_than_the_row_both_values_are_shown_and_neither_is_lost(
    browser: Browser, assessment: Assessment, measure: Measure, officer: User
) -> None:
    other = UserFactory(first_name="Hà", last_name="Trần")
    ValueFactory(assessment=assessment, measure=measure, number=81, version=2, updated_by=other)
    client = browser(officer)
    answer = client.post(address(assessment), typed("5", "82", was="70", seen="1"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Saved by Hà Trần" in page
    assert "Keep 81" in page
    assert "Save 82" in page
    assert 'name="seen-5" value="1"' in page
    again = client.post(address(assessment), typed("5", "82", was="81", seen="1"))
    assert again.status_code == 409
    assert assessment.values.get().number == 81


@pytest.mark.parametrize(
    ("choice", "number"), [({"mine": "5:2"}, 82), ({"keep": "5"}, 81), ({"mine": "5:1"}, 81)]
)
def test_the_officer_chooses_which_value_stands(
    browser: Browser,
    assessment: Assessment,
    measure: Measure,
    officer: User,
    choice: dict[str, str],
    number: int,
) -> None:
    ValueFactory(assessment=assessment, measure=measure, number=81, version=2, updated_by=officer)
    data = typed("5", "82", was="81", seen="1") | choice
    browser(officer).post(address(assessment), data)
    assert assessment.values.get().number == number


def test_htmx_gets_the_row_and_what_changed_around_it(
    browser: Browser, assessment: Assessment, measure: Measure, officer: User
) -> None:
    answer = browser(officer).post(
        address(assessment) + "values/5/", typed("5", "79"), headers={"HX-Request": "true"}
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.lstrip().startswith('<div class="value-row is-saved" id="row-5"')
    assert "1 short" in page
    assert "hx-preserve" in page
    for part in ("assessment-head", "pills", "criterion-5-verdict", "confirm-all"):
        assert f'id="{part}" hx-swap-oob="true"' in page or f'id="{part}"' in page
    assert 'hx-swap-oob="innerHTML:#save-line"' in page
    assert "5 saved at" in page


def test_one_value_is_saved_without_a_script_too(
    browser: Browser, assessment: Assessment, measure: Measure, officer: User
) -> None:
    answer = browser(officer).post(address(assessment) + "values/5/", typed("5", "79"))
    assert answer.status_code == 302
    assert assessment.values.get().number == 79


def test_a_carried_value_is_confirmed_as_it_stands(
    browser: Browser, assessment: Assessment, measure: Measure, officer: User
) -> None:
    ValueFactory(assessment=assessment, measure=measure, number=81, is_carried=True)
    data = typed("5", "81", was="81", seen="1") | {"confirm": "5"}
    browser(officer).post(address(assessment), data)
    assert not assessment.values.get().is_carried


def test_all_carried_values_are_confirmed_with_one_button(
    browser: Browser, assessment: Assessment, officer: User
) -> None:
    for _ in range(3):
        ValueFactory(assessment=assessment, is_carried=True)
    client = browser(officer)
    assert "Confirm 3 unchanged values" in page_of(client, assessment)
    client.post(address(assessment), {"confirm": "all"})
    assert not assessment.values.filter(is_carried=True).exists()


def test_a_yes_or_no_takes_nothing_else(
    browser: Browser, assessment: Assessment, officer: User
) -> None:
    measure = MeasureFactory(kind="yes_no", comparator="yes")
    answer = browser(officer).post(address(assessment), typed(measure.code, "maybe"))
    assert "Choose yes or no." in answer.content.decode()
    browser(officer).post(address(assessment), typed(measure.code, "1"))
    assert assessment.values.get().number == 1


NO_MARKET = "không có chợ trong quy hoạch"


def test_what_the_law_lets_be_left_out_has_a_choice_for_it(
    browser: Browser, assessment: Assessment, officer: User
) -> None:
    MeasureFactory(code="1", kind="yes_no", comparator="yes")
    MeasureFactory(code="7", kind="yes_no", comparator="yes", not_assessed_when=NO_MARKET)
    MeasureFactory(code="9", not_assessed_when=NO_MARKET)
    page = page_of(browser(officer), assessment)
    assert 'name="value-1" value="na"' not in page
    assert '<input type="radio" name="value-7" value="na">' in page
    assert '<input type="checkbox" name="value-9" value="na"' in page


@pytest.mark.parametrize("kind", ["yes_no", "percent"])
def test_an_indicator_is_left_out_and_taken_up_again_without_a_script(
    browser: Browser, assessment: Assessment, officer: User, kind: str
) -> None:
    comparator = "yes" if kind == "yes_no" else ">="
    MeasureFactory(code="7", kind=kind, comparator=comparator, not_assessed_when=NO_MARKET)
    client = browser(officer)
    client.post(address(assessment), {**typed("7", ""), "value-7": ["1", "na"]})
    assert assessment.values.get().is_not_assessed
    page = page_of(client, assessment)
    assert 'value="na" checked' in page
    assert 'name="was-7" value="na"' in page
    assert "not assessed" in page_of(client, assessment, "values/7/why/")
    client.post(address(assessment), typed("7", "1", was="na", seen="1"))
    assert assessment.values.get().number == 1


def test_what_may_not_be_left_out_is_refused_at_its_field(
    browser: Browser, assessment: Assessment, officer: User
) -> None:
    MeasureFactory(code="1", kind="yes_no", comparator="yes")
    answer = browser(officer).post(address(assessment), typed("1", "na"))
    assert answer.status_code == 422
    assert "does not let indicator 1 be left out" in answer.content.decode()
    assert not assessment.values.exists()


@pytest.mark.parametrize(
    ("show", "kept"),
    [
        ("all", {"met", "low", "none", "open", "old"}),
        ("missing", {"none"}),
        ("not-met", {"low"}),
        ("carried", {"old"}),
        ("changed", {"met", "low", "open"}),
        ("undetermined", {"open"}),
        ("invented", {"met", "low", "none", "open", "old"}),
    ],
)
def test_the_rows_are_filtered_by_how_they_stand(
    browser: Browser, officer: User, show: str, kept: set[str]
) -> None:
    unit = UnitFactory()
    earlier = AssessmentFactory(
        unit=unit, round=RoundFactory(code="2020-Q2", reference_date=date(2020, 6, 30))
    )
    assessment = AssessmentFactory(unit=unit)
    for code, number in (("met", 90), ("low", 70), ("none", None), ("open", 90), ("old", 90)):
        measure = MeasureFactory(code=code)
        if code != "open":
            ThresholdFactory(measure=measure, value=80)
        if number is not None:
            ValueFactory(
                assessment=assessment, measure=measure, number=number, is_carried=code == "old"
            )
        if code == "old":
            ValueFactory(assessment=earlier, measure=measure, number=90)
    page = page_of(browser(officer), assessment, f"?show={show}")
    shown = {code for code in ("met", "low", "none", "open", "old") if f'id="row-{code}"' in page}
    assert shown == kept


def test_what_was_typed_before_the_session_ended_waits_on_the_page_not_saved(
    browser: Browser, assessment: Assessment, measure: Measure, officer: User
) -> None:
    client = browser(officer)
    session = client.session
    session["kept_input"] = {
        "path": address(assessment),
        "data": {name: [text] for name, text in typed("5", "77.7").items()},
    }
    session.save()
    page = page_of(client, assessment, "?restored=1")
    assert 'value="77.7"' in page
    assert "not saved yet" in page
    assert not assessment.values.exists()
    assert 'value="77.7"' not in page_of(client, assessment)


def test_typed_values_survive_signing_in_again(assessment: Assessment, measure: Measure) -> None:
    UserFactory(username="late", roles={"officer": ProvinceFactory()})
    client = Client()
    client.cookies["language"] = "en"
    here = f"http://testserver{address(assessment)}"
    answer = client.post(address(assessment), typed("5", "77.7"), headers={"referer": here})
    kept = answer.content.decode().split('name="kept" value="')[1].split('"')[0]
    page = client.post(
        "/accounts/login/",
        {"username": "late", "password": "a-long-password", "kept": kept},
        follow=True,
    ).content.decode()
    assert 'value="77.7"' in page
    assert "not saved yet" in page


def test_she_goes_on_to_the_next_commune_of_hers_that_is_not_sent(
    browser: Browser, officer: User
) -> None:
    MeasureFactory(code="5")
    first, _sent, third = (
        AssessmentFactory(unit=UnitFactory(code=code), status=status)
        for code, status in (("23001", "draft"), ("23002", "submitted"), ("23003", "returned"))
    )
    client = browser(officer)
    answer = client.post(address(first), typed("5", "90") | {"next": "1"})
    assert answer["Location"] == address(third)
    assert client.post(address(third), {"next": "1"})["Location"] == address(first)


def test_after_the_last_commune_she_returns_to_her_list(
    browser: Browser, officer: User, assessment: Assessment
) -> None:
    answer = browser(officer).post(address(assessment), {"next": "1"})
    assert answer["Location"] == "/criteria/rounds/2020-Q4/"


@pytest.mark.parametrize("verb", ["get", "post"])
@pytest.mark.parametrize(
    "where", ["", "submit/", "verify/", "return/", "values/5/", "values/5/why/"]
)
def test_out_of_her_area_is_as_if_it_were_not_there(
    browser: Browser, assessment: Assessment, measure: Measure, verb: str, where: str
) -> None:
    elsewhere = ProvinceFactory(code="42", name="Tỉnh Hà Tĩnh", path="/VN/42/")
    stranger = UserFactory(roles={"officer": elsewhere, "verifier": elsewhere})
    answer = getattr(browser(stranger), verb)(address(assessment) + where, typed("5", "90"))
    assert answer.status_code in ({404, 405} if where != "" else {404})
    assert not assessment.values.exists()


@pytest.mark.parametrize("role", ["verifier", "committee", "administrator"])
def test_who_may_only_read_sees_the_values_and_cannot_write(
    browser: Browser, assessment: Assessment, measure: Measure, role: str
) -> None:
    ValueFactory(assessment=assessment, measure=measure, number=81)
    reader = UserFactory(roles={role: ProvinceFactory()})
    client = browser(reader)
    page = page_of(client, assessment)
    assert 'name="value-5"' not in page
    assert "81" in page
    answer = client.post(address(assessment), typed("5", "82", was="81", seen="1"))
    assert answer.status_code == 403
    assert "You may not type values for this unit." in answer.content.decode()
    assert assessment.values.get().number == 81


def test_a_save_takes_fifteen_queries_for_one_value_and_for_all_forty_nine(
    browser: Browser, assessment: Assessment, officer: User
) -> None:
    codes = [ThresholdFactory().measure.code for _ in range(49)]
    client = browser(officer)
    texts = {f"value-{code}": "70" for code in codes}
    counts = []
    for typed_now in (dict([*texts.items()][:1]), dict([*texts.items()][1:])):
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(address(assessment), typed_now)
        assert answer.status_code == 302
        counts.append(len([item for item in queries if "SAVEPOINT" not in item["sql"]]))
    assert counts == [15, 15]
    assert assessment.values.filter(number=70).count() == 49


def test_one_field_saved_by_itself_takes_as_few_queries_whichever_it_is(
    browser: Browser, assessment: Assessment, officer: User
) -> None:
    codes = [ThresholdFactory().measure.code for _ in range(49)]
    earlier = RoundFactory(code="2020-Q2", reference_date=date(2020, 6, 30))
    past = AssessmentFactory(unit=assessment.unit, round=earlier)
    ValueFactory(assessment=past, measure=Measure.objects.get(code=codes[3]))
    client = browser(officer)
    counts = []
    for code in (codes[0], codes[3], codes[48]):
        field = f"{address(assessment)}values/{code}/"
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(field, {f"value-{code}": "70"}, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        counts.append(len([item for item in queries if "SAVEPOINT" not in item["sql"]]))
    assert counts == [17, 17, 17]


def test_the_page_takes_as_many_queries_for_thirty_values_as_for_one(
    browser: Browser,
    assessment: Assessment,
    officer: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    ValueFactory(assessment=assessment, updated_by=officer)
    client = browser(officer)
    with django_assert_num_queries(13):
        client.get(address(assessment))
    for _ in range(30):
        ThresholdFactory(measure=ValueFactory(assessment=assessment, updated_by=officer).measure)
    with django_assert_num_queries(13):
        client.get(address(assessment))
