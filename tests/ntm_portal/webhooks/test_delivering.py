"""Changes are told in order, none is left out, and an address that never answers is given up."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.utils import timezone

from ntm_portal.webhooks import delivering, services
from ntm_portal.webhooks.models import Delivery, Endpoint
from ntm_portal.webhooks.sending import Outcome
from ntm_portal.webhooks.services import EndpointEntry
from ntm_portal.webhooks.tasks import forget, sweep
from tests.ntm_portal.webhooks.conftest import OTHERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from ntm_portal.accounts.models import User

pytestmark = pytest.mark.django_db
State = Endpoint.State


class Receiver:
    """Answers with `status`, and keeps what it took."""

    def __init__(self) -> None:
        self.status: int | None = 200
        self.got: list[dict[str, Any]] = []
        self.ids: list[str] = []

    def __call__(self, url: str, body: bytes, headers: dict[str, str]) -> Outcome:
        self.ids.append(headers["webhook-id"])
        if self.status == 200:
            self.got.append(json.loads(body))
        return Outcome(self.status, 5, "" if self.status else "nobody there")

    @property
    def keys(self) -> list[str]:
        return [each["key"] for said in self.got for each in said["changes"]]


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Receiver:
    receiver = Receiver()
    monkeypatch.setattr(delivering, "send", receiver)
    return receiver


def again(endpoint: Endpoint, **later: int) -> Endpoint:
    """Try once more as if so much time had passed, and return how it stands."""
    endpoint.refresh_from_db()
    passed = timedelta(**later)
    endpoint.due_at -= passed
    if endpoint.failing_since:
        endpoint.failing_since -= passed
    endpoint.save()
    sweep()
    endpoint.refresh_from_db()
    return endpoint


def test_changes_within_her_area_are_told_in_order_with_where_to_read_them(
    endpoint: Endpoint, change: Callable[..., None], receiver: Receiver
) -> None:
    change("1", "2")
    change("3", path=OTHERS)
    change("23329", kind="summary")
    sweep()
    (said,) = receiver.got
    assert said["type"] == "changes"
    assert [each["key"] for each in said["changes"]] == ["1", "2", "23329"]
    assert said["changes"][0] | {"seq": 0, "at": ""} == {
        "seq": 0,
        "kind": "assessment",
        "key": "1",
        "unit": "23329",
        "path": "/VN/62/608/23329/",
        "round": "2020-Q4",
        "is_deletion": False,
        "at": "",
        "href": "http://127.0.0.1:8000/api/v1/assessments/1/",
    }
    href = said["changes"][-1]["href"]
    assert href.endswith("/api/v1/summaries/?unit=23329&round=2020-Q4")
    sweep()
    assert len(receiver.got) == 1


def test_only_the_kinds_and_the_area_that_were_asked_for_are_told(
    owner: User, change: Callable[..., None], receiver: Receiver
) -> None:
    entry = EndpointEntry("Sở", "https://example.vn", kinds=("summary",), after=0)
    endpoint, _secret = services.make(entry, by=owner)
    change("1")
    change("62", kind="summary")
    change("2")
    sweep()
    assert receiver.keys == ["62"]
    endpoint.refresh_from_db()
    assert delivering.due(timezone.now()) == []


def test_many_changes_go_in_messages_of_a_hundred(
    endpoint: Endpoint, change: Callable[..., None], receiver: Receiver
) -> None:
    keys = [str(number) for number in range(230)]
    change(*keys)
    sweep()
    assert [len(said["changes"]) for said in receiver.got] == [100, 100, 30]
    assert receiver.keys == keys


def test_what_is_not_taken_is_tried_again_later_and_nothing_overtakes_it(
    endpoint: Endpoint, change: Callable[..., None], receiver: Receiver
) -> None:
    change("1")
    receiver.status = 500
    pauses = []
    for _turn in range(4):
        found = again(endpoint, hours=5)
        pauses.append(round((found.due_at - timezone.now()).total_seconds()))
    assert pauses == [10, 30, 60, 300]
    change("2")
    sweep()  # not yet
    assert len(receiver.ids) == 4
    receiver.status = 200
    found = again(endpoint, hours=1)
    assert receiver.keys == ["1", "2"]
    assert (found.attempts, found.failing_since) == (0, None)
    assert list(Delivery.objects.values_list("is_done", flat=True)).count(False) == 4


def test_after_a_day_of_failures_it_is_paused_and_its_owner_told_once(
    endpoint: Endpoint,
    change: Callable[..., None],
    receiver: Receiver,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    change("1")
    receiver.status = None
    again(endpoint)
    assert again(endpoint, hours=23).state == State.ACTIVE
    with django_capture_on_commit_callbacks(execute=True):
        assert again(endpoint, hours=2).state == State.FAILED
    (letter,) = mail.outbox
    assert letter.to == ["a@example.vn"]
    assert "https://example.vn/in" in str(letter.body)
    again(endpoint, hours=9)
    assert len(receiver.ids) == 3
    receiver.status = 200
    services.resume(endpoint.pk, by=endpoint.owner)
    sweep()
    assert receiver.keys == ["1"]


def test_a_paused_one_is_told_nothing_and_then_all(
    endpoint: Endpoint, owner: User, change: Callable[..., None], receiver: Receiver
) -> None:
    services.pause(endpoint.pk, by=owner)
    change("1")
    sweep()
    assert receiver.keys == []
    services.resume(endpoint.pk, by=owner)
    change("2")
    sweep()
    assert receiver.keys == ["1", "2"]


def test_it_is_told_again_from_any_change_on_under_the_same_numbers(
    endpoint: Endpoint, owner: User, change: Callable[..., None], receiver: Receiver
) -> None:
    change("1", "2", "3")
    sweep()
    second = receiver.got[0]["changes"][1]["seq"]
    services.replay(endpoint.pk, second - 1, by=owner)
    sweep()
    assert receiver.got[1]["changes"] == receiver.got[0]["changes"][1:]


def test_an_owner_who_says_otherwise_meanwhile_is_obeyed(
    endpoint: Endpoint, change: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    change("1")
    taken = []

    def meanwhile(*_args: object) -> Outcome:
        taken.append(delivering.deliver(endpoint.pk))  # another worker finds it held
        Endpoint.objects.update(position=-1)  # and its owner sets it back
        return Outcome(200, 5)

    monkeypatch.setattr(delivering, "send", meanwhile)
    delivering.deliver(endpoint.pk)
    endpoint.refresh_from_db()
    assert (taken, endpoint.position) == ([0], -1)


def test_without_a_role_or_an_account_nothing_is_told(
    endpoint: Endpoint, owner: User, change: Callable[..., None], receiver: Receiver
) -> None:
    change("1")
    owner.is_active = False
    owner.save()
    sweep()
    assert receiver.ids == []
    owner.is_active = True
    owner.save()
    owner.assignments.all().delete()
    sweep()
    assert receiver.ids == []


def test_old_attempts_are_forgotten(endpoint: Endpoint, receiver: Receiver) -> None:
    delivering.try_out(endpoint)
    delivering.try_out(endpoint)
    first = Delivery.objects.last()
    assert first is not None
    Delivery.objects.filter(pk=first.pk).update(at=timezone.now() - timedelta(days=31))
    forget()
    assert Delivery.objects.count() == 1
