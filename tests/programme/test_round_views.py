"""The pages on which rounds are watched, opened, closed and published."""

from collections.abc import Callable

import pytest
from django.test import Client

from criteria.models import Assessment, ReportingRound
from ntm_portal.accounts.models import User
from programme.models import Publication
from programme.rollup import refresh_stale
from tests.factories import (
    AssessmentFactory,
    CriteriaSetFactory,
    ProvinceFactory,
    RoundFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
ROUND = {
    "code": "2021-Q2",
    "reference_date": "2021-06-30",
    "opens_on": "2021-06-01",
    "due_on": "2021-07-15",
}


@pytest.fixture
def client(client_of: Callable[[User], Client]) -> Client:
    client = client_of(UserFactory(is_superuser=True))
    client.cookies["language"] = "en"
    return client


def test_opening_says_first_what_it_does(client: Client) -> None:
    CriteriaSetFactory()
    AssessmentFactory(round=RoundFactory())
    UnitFactory()
    page = client.post("/rounds/new/", ROUND | {"look": "1"}).content.decode()
    assert "2 communes get a draft" in page
    assert "1 of them start with their last values (rounds: 2020-Q4)" in page
    assert ReportingRound.objects.count() == 1
    answer = client.post("/rounds/new/", ROUND | {"open": "1"})
    assert answer.headers["Location"] == "/rounds/2021-Q2/"
    assert Assessment.objects.filter(round__code="2021-Q2").count() == 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reference_date": "2015-12-31"}, "No criteria set is in force"),
        ({"due_on": "2021-05-30"}, "A round is due after it opens."),
        ({"code": ""}, "This field is required."),
    ],
)
def test_a_round_that_makes_no_sense_is_refused_and_stays_typed(
    client: Client, given: dict[str, str], said: str
) -> None:
    CriteriaSetFactory()
    page = client.post("/rounds/new/", ROUND | given | {"open": "1"}).content.decode()
    assert said in page
    assert 'value="2021-07-15"' in page or "due_on" in given
    assert not ReportingRound.objects.exists()


def test_publishing_shows_the_hash(client: Client) -> None:
    AssessmentFactory(round=RoundFactory(status="closed"))
    refresh_stale()
    page = client.post("/rounds/2020-Q4/publish/", follow=True).content.decode()
    assert Publication.objects.get().digest in page


def test_others_watch_rounds_but_do_not_run_them(client_of: Callable[[User], Client]) -> None:
    AssessmentFactory(round=RoundFactory(status="closed"))
    reader = client_of(UserFactory(roles={"verifier": ProvinceFactory()}))
    reader.cookies["language"] = "en"
    assert "0/0" in reader.get("/rounds/").content.decode()
    assert "Publish round" not in reader.get("/rounds/2020-Q4/").content.decode()
    assert reader.get("/rounds/new/").status_code == 403
    assert reader.post("/rounds/2020-Q4/publish/").status_code == 403
