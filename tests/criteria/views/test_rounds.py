"""The worklist of a round, and the steps of the round itself."""

from datetime import date

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from criteria.assessment import rejudge
from criteria.models import Assessment, AssessmentEvent, ReportingRound
from ntm_portal.accounts.models import User
from tests.criteria.views.conftest import Browser
from tests.factories import (
    AssessmentFactory,
    ProvinceFactory,
    RoundFactory,
    ThresholdFactory,
    UnitFactory,
    UserFactory,
    ValueFactory,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/criteria/rounds/2020-Q4/"


def named(name: str, **given: object) -> Assessment:
    unit = UnitFactory(name=f"Xã {name}", short_name=name, name_en="")
    return AssessmentFactory(unit=unit, **given)


def rows_of(page: str) -> str:
    return page.split("<tbody>")[1].split("</tbody>", maxsplit=1)[0] if "<tbody>" in page else ""


def test_each_commune_of_hers_shows_how_far_it_is(browser: Browser, officer: User) -> None:
    measure = ThresholdFactory(value=80).measure
    ThresholdFactory(value=80)
    earlier = RoundFactory(code="2020-Q2", reference_date=date(2020, 6, 30))
    assessment = named("Đoàn Kết", version=1)
    before = AssessmentFactory(unit=assessment.unit, round=earlier)
    ValueFactory(assessment=assessment, measure=measure, number=90)
    rejudge([assessment.pk])
    rejudge([before.pk])
    row = rows_of(browser(officer).get(ADDRESS).content.decode())
    assert "Đoàn Kết" in row
    assert '1<span class="muted">/2</span>' in row
    assert 'aria-label="1 of 2 criteria met"' in row
    assert row.count("<i ") == 2
    assert "+1" in row
    assert "draft" in row
    assert "you" in row


def test_she_sees_her_own_communes_and_no_others(browser: Browser, officer: User) -> None:
    elsewhere = ProvinceFactory(code="42", name="Tỉnh Hà Tĩnh", path="/VN/42/")
    AssessmentFactory(unit=UnitFactory(code="18001", parent=elsewhere, name="Xã Xa"))
    mine = AssessmentFactory()
    page = browser(officer).get(ADDRESS).content.decode()
    assert f"/criteria/assessments/{mine.pk}/" in page
    assert "Xã Xa" not in page
    assert "1 commune" in page


def test_what_needs_her_comes_first_with_the_reason_and_who(
    browser: Browser, officer: User, verifier: User
) -> None:
    returned = named("Trả Lại", status="returned")
    AssessmentEvent.objects.create(
        assessment=returned, by=verifier, to_status="returned", reason="Thiếu biên bản"
    )
    half = named("Dở Dang", version=1)
    named("Chưa Mở")
    for item in Assessment.objects.all():
        rejudge([item.pk])
    page = browser(officer).get(ADDRESS).content.decode()
    needs = page.split("Needs you")[1].split("Your communes")[0]
    assert "Thiếu biên bản" in needs
    assert "verifier" in needs
    assert half.unit.short_label in needs
    assert "Chưa Mở" not in needs


def test_a_verifier_is_led_to_what_was_sent_by_others(
    browser: Browser, verifier: User, officer: User
) -> None:
    theirs = named("Của Họ", status="submitted", submitted_by=officer)
    own = named("Của Mình", status="submitted", submitted_by=verifier)
    page = browser(verifier).get(ADDRESS).content.decode()
    needs = page.split("Needs you")[1].split("Your communes")[0]
    assert theirs.unit.short_name in needs
    assert own.unit.short_name not in needs


def test_next_is_a_colleague_by_name_or_nobody_yet(
    browser: Browser, officer: User, verifier: User
) -> None:
    named("Đã Gửi", status="submitted", submitted_by=officer)
    assert "verifier" in rows_of(browser(officer).get(ADDRESS).content.decode())
    verifier.assignments.all().delete()
    assert "nobody yet" in rows_of(browser(officer).get(ADDRESS).content.decode())


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", {"An", "Bình", "Cao", "Dương", "Đông"}),
        ("?show=missing", {"An"}),
        ("?show=not-met", {"Bình"}),
        ("?show=untouched", {"An", "Bình"}),
        ("?show=typing", {"Cao"}),
        ("?show=returned", {"Dương"}),
        ("?show=verified", {"Đông"}),
        ("?show=invented", {"An", "Bình", "Cao", "Dương", "Đông"}),
        ("?q=dong", {"Đông"}),
        ("?q=kon+tum", {"An", "Bình", "Cao", "Dương", "Đông"}),
        ("?q=binh&show=not-met", {"Bình"}),
    ],
)
def test_the_communes_are_filtered_and_found_by_name(
    browser: Browser, officer: User, query: str, kept: set[str]
) -> None:
    measure = ThresholdFactory(value=80).measure
    given: dict[str, dict[str, object]] = {
        "An": {},
        "Bình": {},
        "Cao": {"version": 1},
        "Dương": {"status": "returned"},
        "Đông": {"status": "verified"},
    }
    for name, state in given.items():
        assessment = named(name, **state)
        if name != "An":
            number = 70 if name == "Bình" else 90
            ValueFactory(assessment=assessment, measure=measure, number=number)
        rejudge([assessment.pk])
    rows = rows_of(browser(officer).get(ADDRESS + query).content.decode())
    assert {name for name in given if f">{name}</a>" in rows} == kept


def test_filters_that_leave_nothing_say_so_and_how_to_go_on(
    browser: Browser, officer: User
) -> None:
    AssessmentFactory()
    page = browser(officer).get(f"{ADDRESS}?q=khong-co").content.decode()
    assert "No commune of this list matches “khong-co”." in page
    page = browser(officer).get(f"{ADDRESS}?show=verified").content.decode()
    assert "No commune stands like that in this round." in page
    assert "Show all communes" in page


def test_a_round_without_communes_of_hers_says_why(browser: Browser, officer: User) -> None:
    RoundFactory()
    page = browser(officer).get(ADDRESS).content.decode()
    assert "Round 2020-Q4 asks no commune in your area." in page


def test_the_deadline_names_its_weekday_and_how_long_there_is(
    browser: Browser, officer: User
) -> None:
    today = timezone.localdate()
    AssessmentFactory(round=RoundFactory(due_on=date(2021, 1, 15)))
    page = browser(officer).get(ADDRESS).content.decode()
    assert "Friday, 15 Jan 2021" in page
    assert "Overdue" in page
    ReportingRound.objects.update(due_on=today)
    assert "0 days left" in browser(officer).get(ADDRESS).content.decode()


def test_an_unknown_round_is_not_found(browser: Browser, officer: User) -> None:
    assert browser(officer).get("/criteria/rounds/1999-Q1/").status_code == 404


def test_the_list_takes_as_many_queries_for_thirty_communes_as_for_one(
    browser: Browser,
    officer: User,
    verifier: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    measure = ThresholdFactory().measure
    states = ["returned", "submitted", "draft", "verified"]

    def fill(count: int) -> None:
        for index in range(count):
            assessment = AssessmentFactory(status=states[index % 4], version=1)
            ValueFactory(assessment=assessment, measure=measure)
            AssessmentEvent.objects.create(
                assessment=assessment, by=verifier, to_status="returned", reason="x"
            )
            rejudge([assessment.pk])

    fill(4)
    client = browser(officer)
    with django_assert_num_queries(20):
        client.get(ADDRESS)
    fill(28)
    with django_assert_num_queries(20):
        client.get(ADDRESS)


@pytest.mark.parametrize("role", ["officer", "verifier", "committee"])
@pytest.mark.parametrize("step", ["close", "reopen"])
def test_only_an_administrator_moves_a_round(browser: Browser, role: str, step: str) -> None:
    round_ = RoundFactory(status="closed" if step != "close" else "open")
    person = UserFactory(roles={role: ProvinceFactory()})
    answer = browser(person).post(f"{ADDRESS}{step}/", {"reason": "x"})
    assert answer.status_code == 403
    before = round_.status
    round_.refresh_from_db()
    assert round_.status == before


def test_an_administrator_closes_publishes_and_reopens(
    browser: Browser, administrator: User
) -> None:
    round_ = RoundFactory()
    client = browser(administrator)
    for step, reason, status in (
        ("close", "", "closed"),
        ("reopen", "", "closed"),
        ("publish", "", "published"),
        ("reopen", "Sai số liệu", "open"),
    ):
        address = f"/rounds/{round_.code}/publish/" if step == "publish" else f"{ADDRESS}{step}/"
        answer = client.post(address, {"reason": reason}, follow=True)
        round_.refresh_from_db()
        assert round_.status == status
        if step == "reopen" and not reason:
            assert "Say why the round is reopened." in answer.content.decode()


def test_what_changed_since_she_verified_it_is_on_her_worklist(
    browser: Browser, verifier: User
) -> None:
    changed = AssessmentFactory(verified_at=timezone.now(), verified_by=verifier, version=3)
    AssessmentFactory()
    page = browser(verifier).get("/criteria/rounds/2020-Q4/").content.decode()
    assert "Changed since you verified" in page
    page = browser(verifier).get("/criteria/rounds/2020-Q4/?show=withdrawn").content.decode()
    assert page.count('<th scope="row">') == 1
    assert f"/criteria/assessments/{changed.pk}/" in page


def test_what_is_overdue_in_another_round_does_not_disappear(
    browser: Browser, officer: User
) -> None:
    AssessmentFactory()
    days = {"reference_date": date(2020, 6, 30), "opens_on": date(2020, 6, 1)}
    older = RoundFactory(code="2020-Q2", due_on=date(2020, 7, 20), **days)
    AssessmentFactory(round=older)
    page = browser(officer).get("/criteria/rounds/2020-Q4/").content.decode()
    assert 'href="/criteria/rounds/2020-Q2/"' in page
    assert "1 commune of yours is not sent yet." in page


def test_when_all_is_verified_nothing_is_left_to_go_on_with(
    browser: Browser, officer: User
) -> None:
    AssessmentFactory(status="verified", version=3)
    page = browser(officer).get(ADDRESS).content.decode()
    assert "Nothing waits for you at the moment." in page
    assert "Communes not started are in the list below." not in page
    assert "Go on with the next commune" not in page
