"""Pages on which a province's officer sets levels: role by verb, sentences, nothing lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from communes.models import AdministrativeUnit
from criteria.models import Measure, ProvincialDecision, Threshold
from criteria.services.provincial_levels import Law
from ntm_portal.accounts.models import User
from tests.criteria.provincial.conftest import reported
from tests.factories import DistrictFactory, MeasureFactory, NationFactory, UserFactory

pytestmark = pytest.mark.django_db
NEW = "/criteria/sets/invented/provinces/62/new/"
PDF = b"%PDF-1.7 a decision"


@pytest.fixture
def client_in(client_of: Callable[[User], Client]) -> Callable[..., Client]:
    def opened(user: User, language: str = "en") -> Client:
        client = client_of(user)
        client.cookies["language"] = language
        return client

    return opened


def posted(**changes: object) -> dict[str, object]:
    upload = SimpleUploadedFile("../QD 1.pdf", PDF, content_type="text/html")
    head = {"number": "1/QĐ-UBND", "decided_on": "2020-05-01", "valid_from": "2020-06-01"}
    return {**head, "document": upload, "level-2.1": "70", **changes}


def test_an_officer_types_sees_what_changes_and_confirms(
    client_in: Callable[..., Client], officer: User, delegated: Measure, law: Law
) -> None:
    reported(delegated, 50, 70, 90)
    client = client_in(officer)
    answer = client.post(NEW, posted())
    draft = ProvincialDecision.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/criteria/decisions/{draft.pk}/")
    page = client.get(answer["Location"]).content.decode()
    assert "3 verdicts: 2 gained, 0 lost" in page
    assert "1 verdict changes without being met before or then." in page
    assert not Threshold.objects.exists()
    answer = client.post(f"/criteria/decisions/{draft.pk}/enact/", follow=True)
    assert "In force. 3 verdicts changed: 2 gained, 0 lost." in answer.content.decode()
    assert Threshold.objects.get().value == 70


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("number", "", "This field is required."),
        ("decided_on", "soon", "Enter a valid date."),
        (
            "decided_on",
            (timezone.localdate() + timedelta(days=1)).isoformat(),
            "The decision lies in the future.",
        ),
        ("valid_from", "2020-04-30", "It cannot hold before it was decided."),
        ("level-2.1", "many", "“many” is not a number."),
        ("level-2.1", "70,5", "“70,5” is not how numbers are written here. Write 70.5."),
        ("level-2.1", "101", "A percentage lies between 0 and 100; you typed 101."),
        ("level-2.1", "", "No level is typed: type at least one."),
        ("document", "", "Attach the decision: nobody can check a level without it."),
    ],
)
def test_a_wrong_value_has_its_sentence_and_nothing_is_lost(
    client_in: Callable[..., Client],
    officer: User,
    law: Law,
    field: str,
    text: str,
    sentence: str,
) -> None:
    answer = client_in(officer).post(NEW, posted(**{field: text}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert text in page
    assert not Threshold.objects.exists()


def test_the_file_of_a_form_that_is_refused_is_kept(
    client_in: Callable[..., Client], officer: User, law: Law
) -> None:
    client = client_in(officer)
    page = client.post(NEW, posted(number="")).content.decode()
    draft = ProvincialDecision.objects.get()
    assert "Kept: QD 1.pdf." in page
    assert f'action="/criteria/decisions/{draft.pk}/edit/"' in page
    again = {name: text for name, text in posted().items() if name != "document"}
    answer = client.post(f"/criteria/decisions/{draft.pk}/edit/", again)
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert (draft.number, draft.content_type, draft.proposal) == (
        "1/QĐ-UBND",
        "application/pdf",
        {"level-2.1": "=70.0"},
    )


def test_a_file_is_known_by_its_content(
    client_in: Callable[..., Client], officer: User, law: Law
) -> None:
    upload = SimpleUploadedFile("decision.pdf", b"<html>")
    page = client_in(officer).post(NEW, posted(document=upload)).content.decode()
    assert "By its content" in page
    assert not ProvincialDecision.objects.exists()


def test_a_draft_is_read_in_the_form_of_each_reader(
    client_in: Callable[..., Client], officer: User, law: Law
) -> None:
    client_in(officer, "vi").post(NEW, posted(**{"level-2.1": "70,5"}))
    edit = f"/criteria/decisions/{ProvincialDecision.objects.get().pk}/edit/"
    assert 'value="70.5"' in client_in(officer, "en").get(edit).content.decode()
    assert 'value="70,5"' in client_in(officer, "vi").get(edit).content.decode()


def test_a_level_below_the_nations_is_refused_at_its_field(
    client_in: Callable[..., Client], officer: User, law: Law
) -> None:
    measure = MeasureFactory(code="4.2")
    Threshold.objects.create(measure=measure, value=80, legal_ref="QĐ", confidence="read")
    client = client_in(officer)
    page = client.post(NEW, posted(**{"level-4.2": "79"})).content.decode()
    assert 'id="level-4.2_error">The law asks at least 80 here' in page


def status(reader: Client, address: str) -> int:
    answer = reader.get(address)
    if answer.streaming:
        list(answer)  # a file that is not read to its end stays open
    return answer.status_code


@pytest.fixture
def people(officer: User, verifier: User, administrator: User) -> dict[str, User]:
    return {
        "officer": officer,
        "verifier": verifier,
        "administrator": administrator,
        "district officer": UserFactory(roles={"officer": DistrictFactory()}),
        "committee": UserFactory(roles={"committee": NationFactory()}),
        "nobody": UserFactory(),
    }


@pytest.mark.parametrize(
    ("who", "typing", "draft", "in_force", "document"),
    [
        ("officer", 200, 200, 200, 200),
        ("verifier", 404, 404, 200, 200),
        ("administrator", 404, 404, 200, 200),
        ("district officer", 404, 404, 200, 404),
        ("committee", 404, 404, 200, 200),
        ("nobody", 404, 404, 200, 404),
    ],
)
def test_who_may_do_what(
    client_in: Callable[..., Client],
    people: dict[str, User],
    law: Law,
    who: str,
    typing: int,
    draft: int,
    in_force: int,
    document: int,
) -> None:
    author, reader = client_in(people["officer"]), client_in(people[who])
    author.post(NEW, posted())
    at = f"/criteria/decisions/{ProvincialDecision.objects.get().pk}/"
    assert status(reader, NEW) == typing
    for page in (at, f"{at}edit/", f"{at}document/"):
        assert status(reader, page) == draft, page
    if who != "officer":
        assert reader.post(f"{at}enact/").status_code == 404
        assert reader.post(f"{at}discard/").status_code == 404
        assert reader.post(f"{at}edit/", posted()).status_code == 404
        assert not Threshold.objects.exists()
    author.post(f"{at}enact/")
    assert status(reader, at) == in_force
    assert status(reader, f"{at}document/") == document


def test_the_file_is_sent_as_what_it_is_and_not_run(
    client_in: Callable[..., Client], officer: User, law: Law
) -> None:
    client = client_in(officer)
    client.post(NEW, posted())
    at = f"/criteria/decisions/{ProvincialDecision.objects.get().pk}/"
    answer = client.get(f"{at}document/")
    assert b"".join(answer) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == 'attachment; filename="QD 1.pdf"'


def test_a_draft_is_thrown_away_with_its_file(
    client_in: Callable[..., Client],
    officer: User,
    law: Law,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    client = client_in(officer)
    client.post(NEW, posted())
    draft = ProvincialDecision.objects.get()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]  # an object
        client.post(f"/criteria/decisions/{draft.pk}/discard/")
    assert not ProvincialDecision.objects.exists()
    assert not draft.file.storage.exists(draft.file.name or "")


def test_a_province_that_is_not_hers_is_not_there(
    client_in: Callable[..., Client], officer: User, law: Law, province: AdministrativeUnit
) -> None:
    address = NEW.replace("/62/", "/99/")
    assert client_in(officer).get(address).status_code == 404
