"""The page that supposes: another verdict, another level, another pace; nothing is stored."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from criteria.models import Assessment, CriterionVerdict, ReportingRound
from ntm_portal.accounts.models import User
from programme.models import Summary
from programme.rollup import rebuild
from tests.factories import NationFactory, RoundFactory, UnitFactory, UserFactory
from tests.programme.rows import MET, NOT_MET, assess, set_of

pytestmark = pytest.mark.django_db
ADDRESS = "/places/VN/what-if/"


@pytest.fixture
def typed() -> list[Assessment]:
    """Four communes: one meets both criteria, one lacks the first, one the second, one both."""
    set_of(2)
    round_ = RoundFactory(code="2020-Q4")
    rows = [(MET, MET), (NOT_MET, MET), (MET, NOT_MET), (NOT_MET, NOT_MET)]
    found = [assess(UnitFactory(), round_, *numbers) for numbers in rows]
    rebuild(round_)
    return found


@pytest.fixture
def committee(client_of: Callable[[User], Client]) -> Client:
    """A reader of the whole country, in English."""
    client = client_of(UserFactory(roles={"committee": NationFactory()}))
    client.cookies["language"] = "en"
    return client


def first(typed: list[Assessment]) -> tuple[str, str]:
    """Return the codes of the first criterion and of its measure."""
    value = typed[0].values.select_related("measure__indicator__criterion").order_by("pk")[0]
    return value.measure.indicator.criterion.code, value.measure.code


def row(client: Client, label: str, **asked: str) -> str:
    """Return what the page says of one figure."""
    page = client.get(ADDRESS, asked).content.decode()
    found = re.search(rf"{label}</th>(.*?)</tr>", page, re.DOTALL)
    assert found is not None
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", found[1])).strip()


MEETING = "Communes that meet all criteria"


def test_if_all_met_a_criterion(committee: Client, typed: list[Assessment]) -> None:
    assert row(committee, MEETING, met=first(typed)[0]).startswith("25.0 % 50.0 %")


def test_if_only_those_met_it_that_lack_nothing_else(
    committee: Client, typed: list[Assessment]
) -> None:
    asked = {"met": first(typed)[0], "who": "one_short"}
    page = committee.get(ADDRESS, asked).content.decode()
    assert "1 commune would meet more criteria" in page
    assert row(committee, MEETING, **asked).startswith("25.0 % 50.0 %")


@pytest.mark.parametrize(
    ("level", "would"), [("5", "50.0 %"), ("10", "50.0 %"), ("10.1", "25.0 %"), ("90.5", "0.0 %")]
)
def test_if_a_level_were_another(
    committee: Client, typed: list[Assessment], level: str, would: str
) -> None:
    said = row(committee, MEETING, measure=first(typed)[1], level=level)
    assert said.startswith(f"25.0 % {would}")


def test_nothing_is_stored(committee: Client, typed: list[Assessment]) -> None:
    criterion, measure = first(typed)
    stored = [list(kind.objects.order_by("pk").values()) for kind in (Summary, CriterionVerdict)]
    committee.get(ADDRESS, {"met": criterion, "measure": measure, "level": "1", "best_third": "1"})
    assert stored == [
        list(kind.objects.order_by("pk").values()) for kind in (Summary, CriterionVerdict)
    ]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "Choose something to suppose"),
        ({"measure": "{measure}"}, "one needs the other"),
        ({"level": "50"}, "one needs the other"),
        ({"level": "many", "measure": "{measure}"}, "errorlist"),
        ({"met": "99"}, "errorlist"),
        ({"who": "nobody"}, "errorlist"),
    ],
)
def test_what_cannot_be_supposed_is_said(
    committee: Client, typed: list[Assessment], asked: dict[str, str], said: str
) -> None:
    filled = {name: text.format(measure=first(typed)[1]) for name, text in asked.items()}
    assert said in committee.get(ADDRESS, filled).content.decode()


def test_the_pace_of_the_best_third(committee: Client, typed: list[Assessment]) -> None:
    from_day = typed[0].round.reference_date.replace(month=6, day=30)
    earlier: ReportingRound = RoundFactory(
        code="2020-Q2", reference_date=from_day, opens_on=from_day, status="published"
    )
    assess(typed[0].unit, earlier, MET, NOT_MET)
    rebuild(earlier)
    page = committee.get(ADDRESS, {"best_third": "on"}).content.decode()
    assert "If the pace of the best third held everywhere" in page


def test_it_takes_at_most_ten_queries(
    committee: Client,
    typed: list[Assessment],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    criterion, measure = first(typed)
    asked = {"met": criterion, "measure": measure, "level": "1", "best_third": "1"}
    with django_assert_max_num_queries(10):
        assert committee.get(ADDRESS, asked).status_code == 200
