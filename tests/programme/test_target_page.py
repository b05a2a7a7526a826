"""The page of one target: its pace, its forecast, and the method."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from criteria.models import ReportingRound
from ntm_portal.accounts.models import User
from programme.models import Summary, Target
from tests.factories import NationFactory, RoundFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee(client_of: Callable[[User], Client]) -> Client:
    """A reader of two rounds in which 54 and 57 of 100 communes were recognised."""
    client = client_of(UserFactory(roles={"committee": NationFactory()}))
    client.cookies["language"] = "en"
    for code, day, certified in (
        ("2019-Q4", date(2019, 12, 31), 54),
        ("2020-Q2", date(2020, 6, 30), 57),
    ):
        for basis in ("reported", "verified"):
            Summary.objects.create(
                unit=NationFactory(),
                round=RoundFactory(code=code, reference_date=day, opens_on=day, due_on=day),
                basis=basis,
                computed_at=timezone.now(),
                communes=100,
                certified=certified,
                ocop_new_producers=certified,
            )
    for metric, value in (("communes_certified_share", 60), ("ocop_new_producers", 500)):
        Target.objects.create(
            code=metric,
            name="Chỉ tiêu",
            name_en="A target",
            metric=metric,
            comparator=">=",
            value=Decimal(value),
            due_on=date(2020, 12, 31),
        )
    return client


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def test_pace_and_forecast_are_shown_with_their_method(committee: Client) -> None:
    page = read(committee, "/places/VN/targets/communes_certified_share/")
    assert "✓ met, will be reached at the present pace" in page
    assert "+3.0 in 182 days: +0.50 a month" in page
    assert "+0.50 a month over the 184 days that are left" in page
    assert "60.0 on 31 Dec 2020" in page
    assert "A month has 30.4375 days" in page


def test_what_begins_again_each_year_is_counted_from_nothing(committee: Client) -> None:
    page = read(committee, "/places/VN/targets/ocop_new_producers/")
    assert "0 (01/01/2020, 1 Jan 2020)" in page
    assert "✗ not met, will not be reached at the present pace" in page


def test_the_nations_page_leads_to_the_method(committee: Client) -> None:
    page = committee.get("/places/VN/").content.decode()
    assert 'href="/places/VN/targets/communes_certified_share/?round=2020-Q2"' in page


def test_on_the_day_it_was_due_there_is_no_forecast(committee: Client) -> None:
    ReportingRound.objects.filter(code="2020-Q2").update(reference_date=date(2020, 12, 31))
    page = read(committee, "/places/VN/targets/communes_certified_share/")
    assert "✗ not met, not reached on the day it was due" in page
    assert "none: the target was due on 31 Dec 2020" in page


def test_a_target_that_does_not_exist_is_not_found(committee: Client) -> None:
    assert committee.get("/places/VN/targets/nothing/").status_code == 404
