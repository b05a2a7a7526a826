"""The page of a piece of work, which only its owner ever sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ntm_portal.jobs import running
from ntm_portal.jobs.models import Job
from ntm_portal.jobs.services import start
from tests.factories import NationFactory, UserFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from ntm_portal.accounts.models import User

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


@pytest.fixture
def job() -> Job:
    return start("paper", {}, by=UserFactory(), back="/places/VN/")


def test_work_under_way_asks_for_itself_with_and_without_a_script(
    client_of: Callable[[User], Client], job: Job
) -> None:
    client = client_of(job.owner)
    page = client.get(f"/jobs/{job.pk}/").content.decode()
    assert f'hx-get="/jobs/{job.pk}/"' in page
    assert f'<a href="/jobs/{job.pk}/">' in page
    assert 'href="/places/VN/"' in page
    part = client.get(f"/jobs/{job.pk}/", headers=HX).content.decode()
    assert part.lstrip().startswith('<section class="stack" id="job"')


def test_work_that_is_done_offers_its_file_and_asks_no_more(
    client_of: Callable[[User], Client], job: Job
) -> None:
    running.run(job.pk)
    client = client_of(job.owner)
    page = client.get(f"/jobs/{job.pk}/").content.decode()
    assert f'href="/jobs/{job.pk}/result/"' in page
    assert "hx-get=" not in page
    answer = client.get(f"/jobs/{job.pk}/result/")
    assert b"".join(answer).decode() == "Nước"
    assert "to-khai.txt" in answer["Content-Disposition"]


def test_work_that_failed_says_why(client_of: Callable[[User], Client], job: Job) -> None:
    failing = start("refuses", {}, by=job.owner)
    running.run(failing.pk)
    page = client_of(job.owner).get(f"/jobs/{failing.pk}/").content.decode()
    assert "There is nothing to count." in page


@pytest.mark.parametrize("address", ["/jobs/{}/", "/jobs/{}/result/"])
def test_to_anybody_else_it_is_not_there(
    client_of: Callable[[User], Client], job: Job, address: str
) -> None:
    running.run(job.pk)
    others = UserFactory(roles={"administrator": NationFactory()}, is_superuser=True)
    assert client_of(others).get(address.format(job.pk)).status_code == 404


def test_before_it_is_done_there_is_no_file(client_of: Callable[[User], Client], job: Job) -> None:
    assert client_of(job.owner).get(f"/jobs/{job.pk}/result/").status_code == 404
