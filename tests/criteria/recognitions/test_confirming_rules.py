"""Confirming a rule of recognition: who may, what pages take from then on, and only once."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from communes.models import AdministrativeUnit
from criteria.models import RuleConfirmation
from criteria.presentation.rules import load_rules
from criteria.recognition import rules
from criteria.recognition.conditions import entitlement
from criteria.recognition.law import fact, facts, merger_rules, titles
from criteria.scoring.mergers import MergerRule
from criteria.scoring.titles import Asks, Provision, Title
from criteria.scoring.verdicts import Verdict
from criteria.services.confirming_rules import RuleReference, answers, asks_words, confirm_rule
from ntm_portal.accounts.models import User
from ntm_portal.lib.errors import DomainError
from tests.factories import ProvinceFactory, UserFactory

pytestmark = pytest.mark.django_db
DEBT = "qd2540-2016.commune.ntm.conditions.debt"
OTHERS = "qd18-2022.commune.ntm.conditions.others"
READ = RuleReference("QĐ 2540/QĐ-TTg, Điều 5, khoản 2", "không có nợ đọng, trang 4")
ADDRESS = f"/criteria/recognitions/rules/{DEBT}/confirm/"
LIST = "/criteria/recognitions/rules/"


def reference_for(key: str) -> RuleReference:
    """Return what would be read, with whatever the fact lacks."""
    found = fact(key)
    assert found
    words = "điều đã đọc" if asks_words(found) else ""
    return RuleReference("QĐ 1, Điều 2", "trang 3", next(iter(answers(found)), ""), words)


def test_every_fact_that_nobody_confirmed_can_be(administrator: User) -> None:
    assert len({item.key for item in facts()}) == len(facts())
    still_open = [item.key for item in facts() if item.confidence != "read"]
    assert len(still_open) >= 50
    for key in still_open:
        confirm_rule(key, reference_for(key), by=administrator)
    assert {item.confidence for item in facts()} == {"read"}
    assert all(title.decided_by for title in titles())
    assert all(rule.status for rule in merger_rules())
    assert {item.legal_ref for item in facts() if item.key in still_open} == {"QĐ 1, Điều 2"}


def test_what_was_recalled_takes_its_reference(administrator: User) -> None:
    done = confirm_rule(DEBT, READ, by=administrator)
    found = fact(DEBT)
    assert found
    assert (found.confidence, found.legal_ref) == ("read", READ.legal_ref)
    assert found.source == READ.source
    assert (done.by, done.old_confidence) == (administrator, "unconfirmed")
    assert done.old_legal_ref == "QĐ 2540/QĐ-TTg"
    shipped = [item for title in rules.titles() for item in title.conditions]
    assert next(item for item in shipped if item.key == DEBT).confidence == "unconfirmed"


def test_what_was_unknown_says_what_was_read_and_is_never_met(
    commune: AdministrativeUnit, administrator: User
) -> None:
    confirm_rule(OTHERS, reference_for(OTHERS), by=administrator)
    found = fact(OTHERS)
    assert isinstance(found, Provision)
    assert (found.name, found.name_en, found.asks) == ("điều đã đọc", "", Asks.ELSEWHERE)
    hers = entitlement(commune, "ntm", date(2023, 5, 1))
    assert hers
    finding = next(item for item in hers.findings if item.provision.key == OTHERS)
    assert (finding.verdict, finding.confidence) == (Verdict.UNDETERMINED, "read")


def test_a_ground_the_portal_holds_no_data_on_does_not_hide_those_it_can_work_out(
    administrator: User,
) -> None:
    key = "from-2026.commune.ntm.revocation.unread"
    confirm_rule(key, reference_for(key), by=administrator)
    title = fact("from-2026.commune.ntm")
    assert isinstance(title, Title)
    assert title.grounds[0].asks is Asks.ELSEWHERE
    assert not title.is_revocable


def test_who_decides_and_what_becomes_of_a_title_are_chosen(administrator: User) -> None:
    for key, wrong in (("from-2026.commune.ntm", "moon"), ("mergers.split", "")):
        with pytest.raises(DomainError, match="Choose what the law says"):
            confirm_rule(key, RuleReference("QĐ", "x", wrong, "x"), by=administrator)
    confirm_rule("from-2026.commune.ntm", RuleReference("QĐ", "x", "province"), by=administrator)
    confirm_rule("mergers.split", RuleReference("QĐ", "x", "lost", "hết"), by=administrator)
    title, rule = fact("from-2026.commune.ntm"), fact("mergers.split")
    assert isinstance(title, Title)
    assert isinstance(rule, MergerRule)
    assert (title.decided_by, rule.status, rule.name) == ("province", "lost", "hết")


@pytest.mark.parametrize(
    ("key", "reference", "sentence"),
    [
        ("nothing", READ, "There is no such rule"),
        ("qd372-2014.commune.ntm", READ, "confirmed already"),
        (DEBT, RuleReference(" ", "x"), "with its reference"),
        (DEBT, RuleReference("QĐ", ""), "with its reference"),
        (OTHERS, READ, "Type what the law asks"),
    ],
)
def test_what_cannot_be_confirmed_is_refused(
    administrator: User, key: str, reference: RuleReference, sentence: str
) -> None:
    with pytest.raises(DomainError, match=sentence):
        confirm_rule(key, reference, by=administrator)
    assert not RuleConfirmation.objects.exists()


def test_it_is_confirmed_once(administrator: User) -> None:
    confirm_rule(DEBT, READ, by=administrator)
    with pytest.raises(DomainError, match="confirmed already"):
        confirm_rule(DEBT, READ, by=administrator)


@pytest.mark.parametrize("role", ["officer", "verifier", "committee"])
@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete"])
def test_nobody_else_confirms(client_of: Callable[[User], Client], role: str, method: str) -> None:
    person = UserFactory(roles={role: ProvinceFactory()})
    client = client_of(person)
    typed = {"legal_ref": "QĐ 1", "source": "x"}
    refused = {"put": 405, "delete": 405}.get(method, 403)
    data = typed if method == "post" else None
    assert getattr(client, method)(ADDRESS, data).status_code == refused
    with pytest.raises(DomainError, match="Only administrators confirm the law"):
        confirm_rule(DEBT, READ, by=person)
    page = client.get(LIST).content.decode()
    assert DEBT not in page
    assert client.post(LIST).status_code == 405
    assert not RuleConfirmation.objects.exists()


def test_the_page_takes_what_was_read(
    client_of: Callable[[User], Client], administrator: User
) -> None:
    client = client_of(administrator)
    client.cookies["language"] = "en"
    assert ADDRESS in client.get(LIST).content.decode()
    assert client.get(f"{LIST}nothing/confirm/").status_code == 404
    assert "No overdue debt" in client.get(ADDRESS).content.decode()
    answer = client.post(ADDRESS, {"legal_ref": "QĐ 1", "source": ""})
    assert answer.status_code == 422
    assert 'value="QĐ 1"' in answer.content.decode()
    typed = {"legal_ref": READ.legal_ref, "source": READ.source}
    done = client.post(ADDRESS, typed, follow=True).content.decode()
    assert "The rule is confirmed with its reference." in done
    assert READ.source in done
    assert ADDRESS not in done
    assert "confirmed already" in client.get(ADDRESS).content.decode()


def test_the_list_asks_as_many_queries_however_many_are_confirmed(
    administrator: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    keys = [item.key for item in facts() if item.confidence != "read"]
    for key in keys[:30]:
        confirm_rule(key, reference_for(key), by=administrator)
    with django_assert_num_queries(5):
        load_rules()
