"""What was published stands beside the portal's own figures and is never mixed with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ntm_portal.accounts.models import User
from programme.dashboard import published
from programme.dashboard.targets import standing
from programme.dashboard.trend import Reading
from programme.models import PublishedFigure, Summary, Target
from programme.published_models import METRIC_OF
from tests.api_client import reader_of
from tests.factories import NationFactory, ProvinceFactory, RoundFactory, UserFactory

pytestmark = pytest.mark.django_db


def figure(day: date, value: int, name: str = "districts_recognised", **fields: str) -> None:
    given = {"unit_code": "VN", "unit": "districts", "certainty": "read", "source": "báo thử"}
    PublishedFigure.objects.create(day=day, figure=name, value=value, **(given | fields))


def summary(code: str, day: date, **counters: int) -> None:
    round_ = RoundFactory(code=code, reference_date=day, opens_on=day, due_on=day)
    for basis in ("reported", "verified"):
        Summary.objects.create(
            unit=NationFactory(),
            round=round_,
            basis=basis,
            computed_at=timezone.now(),
            **({"communes": 100} | counters),
        )


@pytest.fixture
def target() -> Target:
    """Fifteen districts more than at the end of 2019, of which no round of the portal knows."""
    summary("2020-Q2", date(2020, 6, 30), districts_recognised=120)
    summary("2020-Q4", date(2020, 12, 31), districts_recognised=132, certified=62)
    return Target.objects.create(
        code="districts",
        name="Huyện",
        name_en="Districts",
        metric="district_units_recognised",
        comparator=">=",
        value=15,
        baseline_date=date(2019, 12, 31),
        due_on=date(2021, 12, 31),
    )


@pytest.fixture
def committee(client_of: Callable[[User], Client]) -> Client:
    client = client_of(UserFactory(roles={"committee": NationFactory()}))
    client.cookies["language"] = "en"
    return client


def test_the_shipped_figures_load_whole_and_again_change_nothing() -> None:
    call_command("load_published", verbosity=0)
    first = list(PublishedFigure.objects.values_list("pk", flat=True))
    call_command("load_published", verbosity=0)
    assert list(PublishedFigure.objects.values_list("pk", flat=True)) == first
    assert len(first) >= 300
    assert not PublishedFigure.objects.filter(source="").exists()
    assert set(METRIC_OF) <= set(PublishedFigure.objects.values_list("figure", flat=True))


def test_a_figure_without_a_day_is_refused_and_nothing_is_loaded(tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    head = "day,figure,unit_code,region,value,unit,certainty,source,note"
    bad.write_text(f"{head}\n2020-01-01,x,VN,,1,u,read,s,\n,x,VN,,1,u,read,s,\n")
    with pytest.raises(CommandError, match="line 3"):
        call_command("load_published", bad)
    assert not PublishedFigure.objects.exists()


def test_a_baseline_that_no_round_knows_comes_from_what_was_published_and_says_so(
    target: Target, committee: Client
) -> None:
    assert standing(target, RoundFactory(code="2020-Q4")).reported is None
    figure(date(2019, 11, 30), 111)
    figure(date(2020, 1, 31), 114, source="sau ngày")
    found = standing(target, RoundFactory(code="2020-Q4"))
    assert found.baseline == 111
    assert found.reported == 21
    page = committee.get("/places/VN/targets/districts/?round=2020-Q4").content.decode()
    assert "111 on 31 Dec 2019" in page
    assert "(published, as of 30 Nov 2019: báo thử; read in the source)" in page
    assert "+12 in 184 days" in page


def test_a_baseline_from_a_round_comes_before_what_was_published(target: Target) -> None:
    figure(date(2019, 11, 30), 111)
    summary("2019-Q4", date(2019, 12, 31), districts_recognised=100)
    found = standing(target, RoundFactory(code="2020-Q4"))
    assert found.baseline == 100
    assert found.baseline_published is None


def test_of_one_day_the_surest_source_counts(target: Target) -> None:
    figure(date(2019, 11, 30), 90, certainty="recalled", source="a")
    figure(date(2019, 11, 30), 111, source="b")
    figure(date(2019, 11, 30), 95, certainty="derived", source="c")
    assert published.baselines([target])["districts"].value == 111


def test_the_target_page_shows_both_series_apart(target: Target, committee: Client) -> None:
    figure(date(2020, 5, 31), 126, note="of 664")
    figure(date(2021, 12, 31), 213, source="later than the round")
    page = committee.get("/places/VN/targets/districts/?round=2020-Q4").content.decode()
    assert page.count('class="published-mark"') == 1
    assert "báo thử" in page
    assert "of 664" in page
    assert "later than the round" not in page


def test_the_nations_page_shows_the_newest_published_by_the_rounds_day(
    target: Target, committee: Client
) -> None:
    figure(date(2020, 11, 30), 15, "avg_criteria_per_commune")
    figure(date(2020, 12, 30), 16, "avg_criteria_per_commune", source="newest")
    figure(date(2021, 6, 30), 17, "avg_criteria_per_commune", source="later")
    page = committee.get("/places/VN/?round=2020-Q4").content.decode()
    assert "newest" in page
    assert "báo thử" not in page
    assert ">later" not in page


def test_more_published_figures_ask_no_more_of_the_database(
    target: Target, committee: Client
) -> None:
    counts = []
    for number in (1, 30):
        for at in range(number):
            figure(date(2020, 5, 31), at, "communes_certified_pct", source=f"{number}.{at}")
        with CaptureQueriesContext(connection) as queries:
            assert committee.get("/places/VN/?round=2020-Q4").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10


def test_both_series_stand_on_one_scale() -> None:
    day, later = date(2020, 1, 1), date(2020, 12, 31)
    figures = [PublishedFigure(day=later, value=Decimal(40))]
    found = published.compare([Reading("a", day, Decimal(20))], figures)
    assert found is not None
    assert [found.low, found.high] == [Decimal(20), Decimal(40)]
    assert (found.own[0].x, found.own[0].y) == (4, 150)
    assert (found.published[0].x, found.published[0].y) == (96, 20)
    assert published.compare([], []) is None


def test_over_the_api_they_are_a_resource_of_their_own() -> None:
    figure(date(2020, 5, 31), 126)
    figure(date(2020, 5, 31), 3, "communes_certified", unit_code="62")
    reader = reader_of(ProvinceFactory())
    rows = reader.rows("published-figures/", metric="district_units_recognised")
    assert [(row["figure"], row["value"], row["certainty"]) for row in rows] == [
        ("districts_recognised", "126.00", "read")
    ]
    assert rows[0]["metric"] == "district_units_recognised"
    assert reader.get("published-figures/", certainty="sure").status_code == 400
    assert (
        reader.rows("published-figures/", unit="62", figure="communes_certified")[0]["metric"] == ""
    )
