"""The matrix holds for every address of the description: one row by itself, and what is no list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from django.conf import settings
from django.test import override_settings
from django.utils import timezone

from ntm_portal.jobs.models import Job
from tests.factories import UserFactory
from tests.ntm_portal.api.matrix import ELSEWHERE, OWN, fill, places_in, rows_of
from tests.ntm_portal.api.test_matrix import READING, ROLES, client_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db
API = "/api/v1/"
FILE = settings.BASE_DIR / "docs" / "openapi.yaml"
PATHS = {path.removeprefix(API) for path in yaml.safe_load(FILE.read_text())["paths"]}
# One row by itself: its list, and the field that is its key.
ONE = {
    path: (found[1], found[2])
    for path in sorted(PATHS)
    if (found := re.fullmatch(r"(.+/)\{(id|code)\}/", path)) and found[1] in READING
}
JOBS = {"jobs/", "jobs/{id}/", "jobs/{id}/result/"}
LAW = {"dhis2/dataElements", "dhis2/dataSets"}
ANYBODY = {"freshness/", "health/live/", "health/ready/"}
UNITS = "dhis2/organisationUnits"
OF_UNITS = {UNITS, "units/{code}/thresholds/"}
WRITTEN = {"dhis2/dataValueSets"}  # and values/, assessments/{id}/: see test_matrix
EVERYBODY = (*ROLES, "committee of nation", "no role", "public")


@pytest.fixture(autouse=True)
def _public_site() -> Iterator[None]:
    fill()
    with override_settings(PUBLIC_SITE=True, PUBLIC_API_RATE=10_000):
        yield


def test_every_address_of_the_description_is_in_the_matrix() -> None:
    listed = {address for address in READING if address in PATHS}
    assert listed == set(READING)
    assert listed | set(ONE) | JOBS | LAW | ANYBODY | OF_UNITS | WRITTEN == PATHS
    assert (len(PATHS), len(listed), len(ONE)) == (47, 24, 12)


@pytest.mark.parametrize("who", EVERYBODY)
def test_one_row_is_there_for_whoever_finds_it_in_the_list(who: str) -> None:
    everything, client = client_of("committee of nation"), client_of(who)
    asked = 0
    for address, (listed, field) in ONE.items():
        keys = _keys(everything, listed, field)
        hers = _keys(client, listed, field)
        hidden = 401 if hers is None else 404
        assert keys, address
        for key in keys:
            one = API + address.replace(f"{{{field}}}", key)
            status = client.get(one).status_code
            assert status == (200 if key in (hers or ()) else hidden), (who, one)
            asked += 1
    assert asked >= 30


@pytest.mark.parametrize("who", EVERYBODY)
def test_dhis2_tells_the_units_that_are_hers_and_the_law_to_everybody(who: str) -> None:
    client = client_of(who)
    units = client.get(f"{API}{UNITS}?paging=false").json()["organisationUnits"]
    places = set().union(*map(places_in, units), set())
    reads_all = who in {"committee of nation", "public"}
    hers = set() if who == "no role" else {OWN}
    assert places == ({OWN, ELSEWHERE} if reads_all else hers)
    assert {client.get(API + address).status_code for address in LAW} == {200}


def test_dhis2_tells_the_public_nothing_unless_the_owner_allows() -> None:
    with override_settings(PUBLIC_SITE=False):
        asked = {client_of("public").get(API + each).status_code for each in {*LAW, UNITS}}
    assert asked == {401}


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_levels_of_a_unit_are_read_as_the_unit_is(who: str) -> None:
    client = client_of(who)
    for place in (OWN, ELSEWHERE):
        unit = client.get(f"{API}units/{place}801/").status_code
        levels = f"{API}units/{place}801/thresholds/?criteria_set=invented"
        assert client.get(levels).status_code == unit


@pytest.mark.parametrize("who", EVERYBODY)
def test_work_in_the_background_is_of_whoever_began_it(who: str) -> None:
    client = client_of(who)
    others = Job.objects.create(
        kind="values-push", owner=UserFactory(), language="en", asked_at=timezone.now()
    )
    for address in (f"jobs/{others.pk}/", f"jobs/{others.pk}/result/"):
        assert client.get(API + address).status_code == (401 if who == "public" else 404)
    if who != "public":
        assert rows_of(client.get(f"{API}jobs/")) == []


def test_whether_the_portal_lives_and_how_fresh_it_is_is_no_secret() -> None:
    with override_settings(PUBLIC_SITE=False):
        statuses = {client_of("public").get(API + address).status_code for address in ANYBODY}
    assert statuses == {200}


def _keys(client: APIClient, listed: str, field: str) -> set[str] | None:
    """Return the keys of a list, or nothing where it is refused."""
    response: Any = client.get(f"{API}{listed}")
    return None if response.status_code == 401 else {str(row[field]) for row in rows_of(response)}
