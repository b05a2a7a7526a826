"""The pages of recognitions: who sees and does what, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from communes.models import AdministrativeUnit, Succession
from criteria.models import Recognition
from ntm_portal.accounts.models import User
from tests.criteria.recognitions.rows import DAY, outcome
from tests.factories import (
    DistrictFactory,
    NationFactory,
    ProvinceFactory,
    RecognitionFactory,
    RoundFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
TYPED = {
    "unit": "23470",
    "standard": "ntm",
    "standard_year": "2020",
    "number": "12/QĐ-UBND",
    "date": "01/10/2020",
    "authority_level": "province",
    "merger_status": "",
    "exception_reason": "",
}
REVOKED = {"number": "9/QĐ", "date": "01/12/2020", "reason": "Income fell."}
NEW = "/criteria/recognitions/new/"


@pytest.fixture
def recognition(commune: AdministrativeUnit) -> Recognition:
    return RecognitionFactory(unit=commune, decision_number="7/QĐ-UBND", decision_date=DAY)


@pytest.fixture
def people(province: AdministrativeUnit, district: AdministrativeUnit) -> dict[str, User]:
    return {
        "officer": UserFactory(roles={"officer": province}),
        "district officer": UserFactory(roles={"officer": district}),
        "verifier": UserFactory(roles={"verifier": province}),
        "committee": UserFactory(roles={"committee": NationFactory()}),
        "administrator": UserFactory(is_superuser=True),
        "neighbour": UserFactory(roles={"officer": ProvinceFactory(code="42")}),
    }


def english(client: Client) -> Client:
    client.cookies["language"] = "en"
    return client


@pytest.mark.parametrize(
    ("who", "reads", "opens_new", "opens_revoke"),
    [
        ("officer", 200, 200, 200),
        ("district officer", 200, 403, 403),
        ("verifier", 200, 403, 403),
        ("committee", 200, 403, 403),
        ("administrator", 200, 200, 200),
        ("neighbour", 404, 200, 404),
    ],
)
def test_each_role_gets_what_it_may(
    recognition: Recognition,
    people: dict[str, User],
    client_of: SignIn,
    who: str,
    reads: int,
    opens_new: int,
    opens_revoke: int,
) -> None:
    client = client_of(people[who])
    pk, code = recognition.pk, recognition.unit.code
    assert client.get("/criteria/recognitions/").status_code == 200
    assert client.get("/criteria/recognitions/warnings/").status_code == 200
    assert client.get(f"/criteria/recognitions/{pk}/").status_code == reads
    assert client.get(f"/criteria/recognitions/conditions/{code}/").status_code == reads
    assert client.get(NEW).status_code == opens_new
    assert client.post(NEW).status_code == (422 if opens_new == 200 else opens_new)
    assert client.get(f"/criteria/recognitions/{pk}/revoke/").status_code == opens_revoke
    posted = client.post(f"/criteria/recognitions/{pk}/revoke/", REVOKED)
    assert posted.status_code == (302 if opens_revoke == 200 else opens_revoke)
    recognition.refresh_from_db()
    assert (recognition.revoked_on is None) is (opens_revoke != 200)


@pytest.mark.parametrize("verb", ["put", "patch", "delete"])
def test_other_verbs_are_refused(
    recognition: Recognition, officer: User, client_of: SignIn, verb: str
) -> None:
    send = getattr(client_of(officer), verb)
    for address in ("", "new/", "warnings/", f"{recognition.pk}/", "conditions/23470/settle/"):
        assert send(f"/criteria/recognitions/{address}").status_code == 405
    assert client_of(officer).post("/criteria/recognitions/").status_code == 405
    assert client_of(officer).get("/criteria/recognitions/conditions/2/settle/").status_code == 405


def test_a_decision_is_recorded_with_its_paper_and_shown(
    commune: AdministrativeUnit, officer: User, client_of: SignIn
) -> None:
    client = english(client_of(officer))
    paper = SimpleUploadedFile("decision.pdf", b"%PDF-1.7 x")
    answer = client.post(NEW, {**TYPED, "document": paper}, follow=True)
    recognition = Recognition.objects.get()
    assert answer.redirect_chain == [(f"/criteria/recognitions/{recognition.pk}/", 302)]
    page = answer.content.decode()
    assert "The decision for Dak Pne Commune is recorded." in page
    assert "Conditions when it was recorded" in page
    document = recognition.documents.get()
    assert reverse("recognition-document", args=[document.pk]) in page


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("unit", "99999", "No unit in your area has this code or name."),
        ("standard", "completed", "no such title could be given"),
        ("standard_year", "2021", "The year of the standard lies after the decision."),
        ("standard_year", "1999", "greater than or equal to 2009"),
        ("number", "", "This field is required."),
        ("date", "31/02/2020", "Enter a valid date."),
        ("authority_level", "nation", "this was decided by: Chairman of the People"),
        ("merger_status", "acknowledged", "It was not formed from units that held"),
    ],
)
def test_a_refused_form_keeps_what_was_typed_and_says_why_at_the_field(
    commune: AdministrativeUnit,
    officer: User,
    client_of: SignIn,
    field: str,
    text: str,
    sentence: str,
) -> None:
    typed = {**TYPED, "exception_reason": "Seen by the council", field: text}
    answer = english(client_of(officer)).post(NEW, typed)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert list(form.errors) == [field]
    assert sentence in form.errors[field][0]
    page = answer.content.decode()
    assert f'id="id_{field}_error"' in page
    for name, value in typed.items():
        assert form[name].value() == value
    assert "Seen by the council" in page
    assert 'value="12/QĐ-UBND"' in page or field == "number"
    assert not Recognition.objects.exists()


def test_all_that_is_wrong_is_said_at_once(
    commune: AdministrativeUnit, officer: User, client_of: SignIn
) -> None:
    outcome(commune, failed=["Thu nhập"])
    tomorrow = timezone.localdate() + timedelta(days=1)
    typed = {**TYPED, "standard_year": "2999", "authority_level": "nation"}
    form = english(client_of(officer)).post(NEW, typed).context["form"]
    assert set(form.errors) == {"standard_year", "authority_level", "exception_reason"}
    later = client_of(officer).post(NEW, {**TYPED, "date": f"{tomorrow:%d/%m/%Y}"})
    assert "date" in later.context["form"].errors


def test_a_unit_is_found_by_its_name_and_an_ambiguous_name_is_not_guessed(
    commune: AdministrativeUnit, officer: User, client_of: SignIn
) -> None:
    client = english(client_of(officer))
    other = UnitFactory(name="Xã Đắk Pne", name_en="Dak Pne Commune", code="23999")
    answer = client.post(NEW, {**TYPED, "unit": "Đắk Pne"})
    (error,) = answer.context["form"].errors["unit"]
    assert "(23470)" in error
    assert "(23999)" in error
    other.delete()
    assert client.post(NEW, {**TYPED, "unit": "Xã Đắk Pne"}).status_code == 302


def test_a_unit_of_another_province_is_as_if_it_were_not_there(
    officer: User, client_of: SignIn
) -> None:
    abroad = UnitFactory(parent=DistrictFactory(code="436", parent=ProvinceFactory(code="42")))
    form = english(client_of(officer)).post(NEW, {**TYPED, "unit": abroad.code}).context["form"]
    assert form.errors == {"unit": ["No unit in your area has this code or name."]}


def test_an_exception_is_recorded_and_shown(
    commune: AdministrativeUnit, officer: User, client_of: SignIn
) -> None:
    outcome(commune, failed=["Thu nhập"])
    client = english(client_of(officer))
    assert client.post(NEW, TYPED).status_code == 422
    answer = client.post(NEW, {**TYPED, "exception_reason": "Figures of 2019"}, follow=True)
    assert "Figures of 2019" in answer.content.decode()
    assert "by exception" in client.get("/criteria/recognitions/").content.decode()


def test_the_form_suggests_what_such_a_unit_is_given_and_by_whom(
    district: AdministrativeUnit, officer: User, client_of: SignIn
) -> None:
    RoundFactory(reference_date=date(2020, 12, 31))
    form = client_of(officer).get(f"{NEW}?unit={district.code}").context["form"]
    assert form["unit"].value() == district.code
    assert (form["standard"].value(), form["authority_level"].value()) == ("ntm", "nation")


def test_what_was_typed_when_the_session_ended_comes_back(
    recognition: Recognition, officer: User
) -> None:
    for address, typed in (
        (NEW, TYPED),
        (f"/criteria/recognitions/{recognition.pk}/revoke/", REVOKED),
    ):
        client = english(Client())
        kept = client.post(address, typed).context["kept"]
        signing_in = {"username": "officer", "password": "a-long-password", "kept": kept}
        page = client.post("/accounts/login/", signing_in, follow=True)
        assert page.status_code == 200
        assert f'value="{typed["number"]}"' in page.content.decode()
        assert "not saved yet" in page.content.decode()
    assert Recognition.objects.count() == 1


def test_a_refused_revocation_keeps_what_was_typed(
    recognition: Recognition, officer: User, client_of: SignIn
) -> None:
    address = f"/criteria/recognitions/{recognition.pk}/revoke/"
    answer = english(client_of(officer)).post(address, {**REVOKED, "date": "30/09/2020"})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "date": ["It cannot be revoked before 1 Oct 2020, the date of its own decision."]
    }
    assert "Income fell." in answer.content.decode()


def test_a_paper_is_handed_out_only_within_reach_and_never_shown_by_the_browser(
    commune: AdministrativeUnit, people: dict[str, User], client_of: SignIn
) -> None:
    paper = SimpleUploadedFile("decision.pdf", b"%PDF-1.7 x")
    client_of(people["officer"]).post(NEW, {**TYPED, "document": paper})
    document = Recognition.objects.get().documents.get()
    address = f"/criteria/recognitions/documents/{document.pk}/"
    answer = client_of(people["committee"]).get(address)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 x"  # type: ignore[attr-defined]  # it streams
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="decision.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert client_of(people["neighbour"]).get(address).status_code == 404
    document.file.storage.delete(document.file.name or "")
    assert client_of(people["committee"]).get(address).status_code == 404


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"ntm", "advanced", "gone", "abroad", "invented"}),
        ("within=62", {"ntm", "advanced", "gone", "invented"}),
        ("standard=advanced", {"advanced"}),
        ("year=2019", {"gone"}),
        ("state=in-force", {"ntm", "advanced", "abroad", "invented"}),
        ("state=revoked", {"gone"}),
        ("state=lost", set()),
        ("origin=demonstration", {"invented"}),
        ("origin=own", {"ntm", "advanced", "gone", "abroad"}),
        ("q=dak pne", {"ntm", "advanced", "gone", "invented"}),
        ("q=gone", {"gone"}),
        ("q=zzz", set()),
        ("within=62&standard=ntm&state=in-force&origin=own", {"ntm"}),
    ],
)
def test_the_list_is_narrowed(
    commune: AdministrativeUnit, client_of: SignIn, query: str, shown: set[str]
) -> None:
    RecognitionFactory(unit=commune, decision_number="ntm")
    RecognitionFactory(unit=commune, decision_number="advanced", standard="advanced")
    RecognitionFactory(
        unit=commune,
        decision_number="gone",
        standard_year=2019,
        decision_date=date(2019, 1, 1),
        revoked_on=DAY,
    )
    RecognitionFactory(unit=commune, decision_number="invented", is_demonstration=True)
    abroad = UnitFactory(parent=DistrictFactory(code="436", parent=ProvinceFactory(code="42")))
    RecognitionFactory(unit=abroad, decision_number="abroad")
    client = client_of(UserFactory(is_superuser=True))
    answer = client.get(f"/criteria/recognitions/?{query}")
    assert answer.status_code == 200
    assert {row.decision_number for row in answer.context["page"]} == shown


def test_a_filter_that_cannot_be_understood_says_so(officer: User, client_of: SignIn) -> None:
    client = english(client_of(officer))
    page = client.get("/criteria/recognitions/?within=zz&year=x").content.decode()
    assert "No unit has the official code “zz”." in page
    assert "Enter a whole number." in page


@pytest.mark.parametrize("address", ["", "warnings/?on=2023-06-30"])
def test_a_long_list_costs_as_many_queries_as_a_short_one(
    district: AdministrativeUnit, officer: User, client_of: SignIn, address: str
) -> None:
    counts = []
    for number in (1, 30):
        for unit in UnitFactory.create_batch(number, parent=district):
            RecognitionFactory(unit=unit, recorded_by=officer)
            outcome(unit, failed=["Thu nhập", "Y tế", "Điện", "Nhà ở", "Văn hóa"])
        with CaptureQueriesContext(connection) as queries:
            page = client_of(officer).get(f"/criteria/recognitions/{address}")
        assert len(page.context["page"].object_list) in {number, number + 1}
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_page_of_conditions_says_what_is_missing_with_source_and_certainty(
    district: AdministrativeUnit, commune: AdministrativeUnit, officer: User, client_of: SignIn
) -> None:
    client = english(client_of(officer))
    page = client.get("/criteria/recognitions/conditions/612/?on=2020-12-31").content.decode()
    assert "0 of 4 conditions hold, 1 do not, 3 not known" in page
    assert "0 of 1 are recognised." in page
    assert "Dak Pne Commune" in page
    assert "Not known: the portal holds no data on this." in page
    assert "Not known: there is no verified assessment by this set." in page
    assert "recalled, not yet confirmed" in page
    assert "read in a named source" in page
    assert "QĐ 558/QĐ-TTg 05/4/2016" in page


def test_conditions_are_those_of_the_current_round_unless_a_day_is_asked(
    commune: AdministrativeUnit, officer: User, client_of: SignIn
) -> None:
    address = "/criteria/recognitions/conditions/23470/"
    assert client_of(officer).get(address).context["page"].day == timezone.localdate()
    RoundFactory(reference_date=date(2020, 12, 31))
    assert client_of(officer).get(address).context["page"].day == date(2020, 12, 31)
    asked = client_of(officer).get(f"{address}?on=30/06/2019")
    assert asked.context["page"].day == date(2019, 6, 30)
    wrong = english(client_of(officer)).get(f"{address}?on=never")
    assert "Enter a valid date." in wrong.content.decode()
    assert wrong.context["page"].day == date(2020, 12, 31)


def test_a_round_of_the_future_is_asked_about_as_of_today(
    commune: AdministrativeUnit, officer: User, client_of: SignIn
) -> None:
    today = timezone.localdate()
    RoundFactory(reference_date=today + timedelta(days=30))
    page = client_of(officer).get("/criteria/recognitions/conditions/23470/").context["page"]
    assert page.day == today


def test_the_form_names_no_unit_of_another_province(officer: User, client_of: SignIn) -> None:
    abroad = UnitFactory(
        name_en="Far Commune",
        parent=DistrictFactory(code="436", parent=ProvinceFactory(code="42")),
    )
    page = english(client_of(officer)).get(f"{NEW}?unit={abroad.code}").content.decode()
    assert "Far Commune" not in page


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("on=2010-01-01", "The portal knows the law of recognition only from 14 Mar 2014 on."),
        ("on=2026-06-30", "On that day no title could be given to a unit of this kind."),
    ],
)
def test_a_page_without_titles_says_why(
    district: AdministrativeUnit, officer: User, client_of: SignIn, query: str, sentence: str
) -> None:
    page = english(client_of(officer)).get(f"/criteria/recognitions/conditions/612/?{query}")
    assert sentence in page.content.decode()


def test_a_merged_unit_shows_the_titles_that_passed_and_they_are_settled_there(
    district: AdministrativeUnit, people: dict[str, User], client_of: SignIn
) -> None:
    day = date(2024, 1, 1)
    former = UnitFactory(parent=district, valid_to=date(2023, 12, 31))
    unit = UnitFactory(parent=district, valid_from=day)
    RecognitionFactory(unit=former)
    Succession.objects.create(predecessor=former, successor=unit, kind="merge", effective_date=day)
    address = f"/criteria/recognitions/conditions/{unit.code}/"
    settle = f"{address}settle/?on=2024-06-30"
    reader = english(client_of(people["committee"]))
    page = reader.get(f"{address}?on=2024-06-30").content.decode()
    assert "inherited, not yet acknowledged" in page
    assert "CV 5424/BNN-VPĐP 09/8/2023" in page
    assert "Record what the rules say" not in page
    assert "You may not record" in reader.post(settle, follow=True).content.decode()
    writer = english(client_of(people["officer"]))
    assert "Record what the rules say" in writer.get(f"{address}?on=2024-06-30").content.decode()
    assert "1 title is settled." in writer.post(settle, follow=True).content.decode()
    assert unit.recognitions.get().merger_status == "inherited"


def test_warnings_say_when_their_law_is_not_of_the_day(
    commune: AdministrativeUnit, recognition: Recognition, officer: User, client_of: SignIn
) -> None:
    outcome(commune, failed=["Thu nhập", "Y tế", "Điện", "Nhà ở", "Văn hóa"], basis="reported")
    client = english(client_of(officer))
    page = client.get("/criteria/recognitions/warnings/?on=2020-12-31").content.decode()
    assert "No rule of revocation is known for 31 Dec 2020." in page
    assert "5 of 10 criteria not met, reported in round 2020-06-30" in page
    assert "The grounds for 6 titles in force on that day are not known" in page
    later = client.get("/criteria/recognitions/warnings/?on=2023-06-30").content.decode()
    assert "No rule of revocation is known" not in later
    empty = client.get("/criteria/recognitions/warnings/?on=2020-06-29").content.decode()
    assert "No recognised unit here meets a ground" in empty


def test_the_empty_list_says_why(officer: User, client_of: SignIn) -> None:
    client = english(client_of(officer))
    page = client.get("/criteria/recognitions/").content.decode()
    assert "No decision is recorded for your area yet." in page
    page = client.get("/criteria/recognitions/?standard=model").content.decode()
    assert "No decision matches what you chose." in page
