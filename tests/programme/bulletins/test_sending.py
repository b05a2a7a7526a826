"""Subscribers are told when a target turns and when a round is published: each thing once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from criteria.models import ReportingRound, RoundEvent
from ntm_portal import celery_app
from ntm_portal.mail.models import Choice, Letter
from programme.bulletins.subscribing import subscribe, unsubscribe
from programme.bulletins.tasks import send_bulletins
from programme.models import Subscription, Summary, Target, TargetState
from tests.factories import NationFactory, ProvinceFactory, RoundFactory, UserFactory
from tests.history import history_unguarded

if TYPE_CHECKING:
    from ntm_portal.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> User:
    """Somebody who reads Kon Tum and subscribed to it."""
    person = UserFactory(roles={"committee": ProvinceFactory()}, email="her@example.vn")
    subscribe("62", by=person)
    return person


@pytest.fixture
def round_() -> ReportingRound:
    """An open round in which 50 of 100 communes of Kon Tum are recognised, and a target of 60 %."""
    made = RoundFactory()
    for unit in (ProvinceFactory(), NationFactory()):
        for basis in ("reported", "verified"):
            Summary.objects.create(
                unit=unit,
                round=made,
                basis=basis,
                communes=100,
                certified=50,
                computed_at=timezone.now(),
            )
    Target.objects.create(
        code="share",
        name="Xã đạt chuẩn",
        name_en="Communes certified",
        unit_code="62",
        metric="communes_certified_share",
        comparator=">=",
        value=60,
        due_on=date(2020, 12, 31),
    )
    return made


def certify(number: int) -> None:
    Summary.objects.update(certified=number)


def publish(round_: ReportingRound) -> None:
    ReportingRound.objects.filter(pk=round_.pk).update(status="published")
    RoundEvent.objects.create(round=round_, by=UserFactory(), to_status="published")


def told() -> list[str]:
    """Run twice, as a beat does, and return the subjects of all letters so far."""
    for _ in range(2):
        send_bulletins.delay()
    return [letter.subject for letter in Letter.objects.order_by("pk")]


def test_the_task_is_known_and_asked_for_from_time_to_time() -> None:
    swept = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert send_bulletins.name in swept
    assert send_bulletins.name in celery_app.tasks


def test_a_target_that_turns_is_told_once_each_time(reader: User, round_: ReportingRound) -> None:
    assert told() == []
    certify(61)
    assert told() == ["Tỉnh Kon Tum: đạt mục tiêu, Xã đạt chuẩn"]
    certify(62)
    assert len(told()) == 1
    certify(59)
    assert told()[1] == "Tỉnh Kon Tum: không còn đạt mục tiêu, Xã đạt chuẩn"
    certify(60)
    assert len(told()) == 3
    letter = Letter.objects.latest("pk")
    assert "hiện là 60" in letter.body
    assert "/places/62/targets/share/?round=2020-Q4" in letter.body
    assert letter.person == reader
    assert TargetState.objects.get().turns == 3


def test_what_cannot_be_said_turns_nothing(reader: User, round_: ReportingRound) -> None:
    assert told() == []
    Summary.objects.all().delete()
    assert told() == []
    assert not TargetState.objects.get().is_met


def test_a_published_round_is_told_once_with_its_figures(
    reader: User, round_: ReportingRound
) -> None:
    assert told() == []
    publish(round_)
    assert told() == ["Tỉnh Kon Tum: đã công bố kỳ báo cáo 2020-Q4"]
    body = Letter.objects.get().body
    assert "50/100 xã được công nhận đạt chuẩn (50,0\u00a0%)" in body
    assert "/places/62/reports/?round=2020-Q4" in body
    publish(round_)  # opened again and published anew: another occasion
    assert len(told()) == 2


def test_what_was_published_before_she_subscribed_or_long_ago_is_not_told(
    reader: User, round_: ReportingRound
) -> None:
    publish(round_)
    Subscription.objects.update(begun_at=timezone.now() + timedelta(minutes=1))
    assert told() == []
    Subscription.objects.update(begun_at=timezone.now() - timedelta(days=30))
    with history_unguarded():
        RoundEvent.objects.update(at=timezone.now() - timedelta(days=8))
    assert told() == []


def test_only_who_may_still_read_the_unit_is_told(reader: User, round_: ReportingRound) -> None:
    stranger = UserFactory(
        roles={"committee": ProvinceFactory(code="42", name="Tỉnh Hà Tĩnh")}, email="x@example.vn"
    )
    gone = UserFactory(
        roles={"committee": ProvinceFactory()}, email="gone@example.vn", is_active=False
    )
    without = UserFactory(roles={"committee": ProvinceFactory()}, email="")
    for person in (stranger, gone, without):
        subscribe("62", by=person)
    publish(round_)
    told()
    assert [letter.person for letter in Letter.objects.all()] == [reader]


def test_who_ended_it_or_turned_the_kind_off_is_not_told(
    reader: User, round_: ReportingRound
) -> None:
    other = UserFactory(roles={"committee": ProvinceFactory()}, email="o@example.vn")
    subscribe("62", by=other)
    Choice.objects.create(person=other, kind="bulletin", is_wanted=False)
    unsubscribe("62", by=reader)
    publish(round_)
    assert told() == []


def test_subscribing_twice_is_as_once_and_ending_leaves_a_trace(reader: User) -> None:
    subscribe("62", by=reader)
    assert Subscription.objects.count() == 1
    unsubscribe("62", by=reader)
    unsubscribe("62", by=reader)
    assert Subscription.objects.get().ended_at is not None
    subscribe("62", by=reader)
    assert Subscription.objects.filter(ended_at=None).count() == 1


def test_thirty_subscribers_cost_as_many_queries_as_one(
    reader: User, round_: ReportingRound
) -> None:
    publish(round_)
    counts = []
    for more in (0, 29):
        for number in range(more):
            person = UserFactory(
                roles={"committee": ProvinceFactory()}, email=f"p{number}@example.vn"
            )
            subscribe("62", by=person)
        RoundEvent.objects.create(round=round_, by=reader, to_status="published")
        with CaptureQueriesContext(connection) as queries:
            send_bulletins.delay()
        counts.append(len(queries))
    assert counts[1] <= counts[0]
