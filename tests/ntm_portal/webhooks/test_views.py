"""An owner gives an address, tries it, pauses it, has it told again, and ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from ntm_portal.webhooks import delivering
from ntm_portal.webhooks.models import Endpoint
from ntm_portal.webhooks.sending import Outcome
from ntm_portal.webhooks.signing import secret_of
from tests.factories import ProvinceFactory, UserFactory
from tests.ntm_portal.webhooks.test_addresses import PUBLIC, lead

if TYPE_CHECKING:
    from collections.abc import Callable

    from ntm_portal.accounts.models import User

pytestmark = pytest.mark.django_db
NEW = "/webhooks/new/"
ENTRY = {"name": "Sở Nông nghiệp", "url": "https://example.vn/in", "kinds": ["summary"]}


@pytest.fixture
def browser(owner: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(owner)


def test_the_secret_is_shown_once_and_not_kept(
    browser: Client, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead(monkeypatch, PUBLIC)
    answer = browser.post(NEW, ENTRY)
    assert answer.status_code == 200
    endpoint = Endpoint.objects.get()
    secret = secret_of(endpoint.salt)
    assert secret in answer.content.decode()
    assert (endpoint.owner, endpoint.kinds, endpoint.state) == (owner, ["summary"], "active")
    for page in ("/webhooks/", f"/webhooks/{endpoint.pk}/"):
        shown = browser.get(page).content.decode()
        assert "Sở Nông nghiệp" in shown
        assert secret not in shown
        assert endpoint.salt not in shown
    assert LogEntry.objects.filter(user=owner).count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("url", "https://inside/"), ("name", ""), ("kinds", ["x"]), ("area", "99"), ("after", "-1")],
)
def test_what_cannot_be_is_said_at_its_field(
    browser: Client, monkeypatch: pytest.MonkeyPatch, field: str, value: object
) -> None:
    lead(monkeypatch, "10.0.0.1" if field == "url" else PUBLIC)
    answer = browser.post(NEW, {**ENTRY, field: value})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Endpoint.objects.exists()


def test_she_pauses_goes_on_and_ends_it(browser: Client, endpoint: Endpoint) -> None:
    for turn, state in (("pause", "paused"), ("resume", "active"), ("end", "ended")):
        assert browser.post(f"/webhooks/{endpoint.pk}/{turn}/").status_code == 302
        endpoint.refresh_from_db()
        assert endpoint.state == state
    assert endpoint.name not in browser.get("/webhooks/").content.decode()
    answer = browser.post(f"/webhooks/{endpoint.pk}/resume/", follow=True)
    assert "is-error" in answer.content.decode()


def test_a_test_says_whether_the_address_took_it(
    browser: Client, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    for outcome, word in ((Outcome(200, 3), "is-success"), (Outcome(404, 3), "404")):
        monkeypatch.setattr(delivering, "send", lambda *_args, outcome=outcome: outcome)
        answer = browser.post(f"/webhooks/{endpoint.pk}/test/", follow=True)
        assert word in answer.content.decode()
    assert endpoint.deliveries.filter(is_test=True).count() == 2


def test_she_has_it_told_again(
    browser: Client, endpoint: Endpoint, change: Callable[..., None]
) -> None:
    change("1", "2")
    Endpoint.objects.update(position=2)
    address = f"/webhooks/{endpoint.pk}/replay/"
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"after": "1000000"}).status_code == 422
    assert browser.post(address, {"after": "0"}).status_code == 302
    endpoint.refresh_from_db()
    assert endpoint.position == 0


@pytest.mark.parametrize("way", ["", "test/", "pause/", "resume/", "end/", "replay/"])
def test_the_webhooks_of_others_are_not_there(
    endpoint: Endpoint, client_of: Callable[[User], Client], way: str
) -> None:
    stranger = client_of(UserFactory(roles={"officer": ProvinceFactory()}))
    address = f"/webhooks/{endpoint.pk}/{way}"
    answer = stranger.get(address) if way in {"", "replay/"} else stranger.post(address)
    assert answer.status_code == 404
    assert endpoint.name not in stranger.get("/webhooks/").content.decode()
