"""A report from the wish to the file: asked for on a page, made in the background, kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from criteria.models import ReportingRound
from ntm_portal.jobs.models import Job
from programme.models import Report
from tests.factories import (
    DistrictFactory,
    ProvinceFactory,
    UnitFactory,
    UserFactory,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from ntm_portal.accounts.models import User

pytestmark = pytest.mark.django_db
ADDRESS = "/places/62/reports/"
SAID = {
    "superior": "UBND tỉnh Kon Tum",
    "authority": "Văn phòng Điều phối",
    "number": "12/BC-VPĐP",
    "place": "Kon Tum",
    "signed_on": "2021-01-08",
    "office": "Chánh Văn phòng",
    "name": "Y Thử",
}


@pytest.fixture
def ask(
    round_: ReportingRound,
    client_of: Callable[[User], Client],
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> Callable[..., Job]:
    """Give a function that asks for a report of Kon Tum and returns the job."""
    client = client_of(UserFactory(roles={"committee": ProvinceFactory()}))

    def asked(**said: str) -> Job:
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(ADDRESS, SAID | said)
        job = Job.objects.latest("pk")
        assert answer["Location"] == f"/jobs/{job.pk}/"
        return job

    return asked


def test_it_is_made_in_the_background_and_waits_on_the_page(
    ask: Callable[..., Job], client_of: Callable[[User], Client]
) -> None:
    job = ask()
    report = Report.objects.get()
    assert (job.state, job.fault) == ("done", "")
    assert job.address == f"{ADDRESS}?round=2020-Q4#r{report.pk}"
    assert report.is_final
    client = client_of(job.owner)
    page = client.get(ADDRESS).content.decode()
    assert report.digest[:12] in page
    for form, magic in (("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")):
        answer = client.get(f"/reports/{report.pk}/{form}/")
        assert b"".join(answer).startswith(magic)
        assert f"ntm-62-2020-Q4-vi.{form}" in answer["Content-Disposition"]
    assert client.get(f"/reports/{report.pk}/odt/").status_code == 404


def test_asked_for_again_it_is_the_same_report(ask: Callable[..., Job]) -> None:
    assert ask().address == ask().address
    assert Report.objects.count() == 1


def test_signed_by_another_it_is_another_report_of_the_same_figures(
    ask: Callable[..., Job],
) -> None:
    ask()
    ask(name="Trần Thử")
    first, second = Report.objects.all()
    assert first.digest == second.digest
    assert first.key != second.key


def test_one_who_may_not_read_the_place_finds_neither_page_nor_file(
    ask: Callable[..., Job], client_of: Callable[[User], Client]
) -> None:
    ask()
    theirs = ProvinceFactory(code="42", name="Tỉnh Hà Tĩnh")
    UnitFactory(parent=DistrictFactory(code="436", parent=theirs))
    client = client_of(UserFactory(roles={"committee": theirs}))
    assert client.get(ADDRESS).status_code == 404
    assert client.post(ADDRESS, SAID).status_code == 404
    assert client.get(f"/reports/{Report.objects.get().pk}/pdf/").status_code == 404


def test_what_is_missing_is_said_beside_the_field_and_what_was_typed_stays(
    round_: ReportingRound, client_of: Callable[[User], Client]
) -> None:
    client = client_of(UserFactory(roles={"committee": ProvinceFactory()}))
    answer = client.post(ADDRESS, SAID | {"place": "", "name": "Y Thử"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'class="field-error"' in page
    assert 'value="Y Thử"' in page
    assert not Job.objects.exists()


def test_of_a_place_without_figures_the_job_says_so(
    ask: Callable[..., Job], round_: ReportingRound
) -> None:
    round_.summaries.all().delete()
    job = ask()
    assert job.state == "failed"
    assert "chưa có số liệu" in job.fault


def test_a_commune_has_no_report_of_its_own(
    round_: ReportingRound, client_of: Callable[[User], Client]
) -> None:
    client = client_of(UserFactory(roles={"committee": ProvinceFactory()}))
    code = UnitFactory().code
    assert client.get(f"/places/{code}/reports/").status_code == 404
