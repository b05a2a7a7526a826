"""Another province is as if it were not there: on every page, in every post, over the API."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from cooperatives.models import CooperativeStep
from criteria.models import Assessment, IndicatorValue
from ocop.models import OcopStep
from programme.models import Target
from programme.rollup import rebuild
from tests.factories import (
    DistrictFactory,
    ProvinceFactory,
    RecognitionFactory,
    RoundFactory,
    UnitFactory,
    UserFactory,
)
from tests.ntm_portal import registers
from tests.ocop.rows import officer
from tests.programme.rows import MET, assess, set_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from ntm_portal.accounts.models import User

pytestmark = pytest.mark.django_db
SECRET = "Xã Bí Mật"
NUMBER = Decimal("73.1937")
HX = {"HX-Request": "true"}
PAGES = (
    "/criteria/assessments/{pk}/",
    "/criteria/assessments/{pk}/rounds/",
    "/criteria/assessments/{pk}/values/{measure}/why/",
    "/criteria/assessments/{pk}/values/nothing/why/",
    "/criteria/assessments/{pk}/values/{measure}/line/",
    "/criteria/rounds/2020-Q4/grid/",
    "/criteria/rounds/2020-Q4/excel/",
    "/criteria/rounds/2020-Q4/workbook/",
    "/places/{commune}/",
    "/places/{commune}/communes/",
    "/places/{commune}/freshness/",
    "/places/{province}/",
    "/places/{province}/?group=poor",
    "/places/{province}/communes/",
    "/places/{province}/communes/?group=poor&standing=gap",
    "/places/{province}/stale/",
    "/places/{province}/stale.csv",
    "/places/{province}/freshness/",
    "/places/{province}/targets/theirs/",
    "/places/{province}/criteria/",
    "/places/{province}/criteria/1/",
    "/places/{province}/criteria/1/{measure}/",
    "/places/{province}/what-if/?met=1",
    "/places/VN/what-if/",
    "/places/{province}/act/",
    "/places/{province}/reports/",
    "/places/{province}/bulletin/",
    "/places/VN/act/",
    "/places/VN/",
    "/places/VN/communes/",
    "/places/VN/freshness/",
    "/api/v1/assessments/{pk}/",
    "/api/v1/units/{commune}/",
    "/api/v1/units/{province}/",
    "/api/v1/targets/theirs/",
)
POSTS = (
    "/criteria/assessments/{pk}/",
    "/criteria/assessments/{pk}/rounds/",
    "/criteria/assessments/{pk}/values/{measure}/",
    "/criteria/assessments/{pk}/submit/",
    "/criteria/assessments/{pk}/verify/",
    "/criteria/assessments/{pk}/return/",
    "/criteria/assessments/{pk}/values/{measure}/evidence/",
)
LISTS = (
    "/api/v1/assessments/",
    "/api/v1/assessments/?within={province}",
    "/api/v1/assessments/?unit={commune}",
    "/api/v1/assessments/?round=2020-Q4",
    "/api/v1/summaries/?within={province}",
    "/api/v1/summaries/?unit={commune}",
    "/api/v1/summaries/?within=VN&level=nation",
    "/api/v1/units/?within={province}",
    "/api/v1/units/?parent={district}",
    "/api/v1/units/?code={commune}",
    "/api/v1/units/?search=bi+mat",
    "/api/v1/targets/",
    "/api/v1/targets/?unit={province}",
)
SEEN_BY_ALL = (
    "/criteria/rounds/2020-Q4/",
    "/criteria/rounds/2020-Q4/?q=bi+mat",
    "/places/42/",
    "/places/42/communes/?name=bi+mat",
)


@pytest.fixture
def theirs() -> Assessment:
    """An assessment of another province, added up, with a decision and a target."""
    set_of(1)
    round_ = RoundFactory()
    commune = UnitFactory(name=SECRET, name_en="Secret Commune")
    RecognitionFactory(unit=commune)
    assessment = assess(commune, round_, MET)
    IndicatorValue.objects.filter(assessment=assessment).update(number=NUMBER)
    rebuild(round_)
    Target.objects.create(
        code="theirs",
        name="Chỉ tiêu",
        name_en="Target",
        unit_code="62",
        metric="communes_certified_share",
        comparator="ge",
        value=50,
        due_on=round_.reference_date,
    )
    return assessment


@pytest.fixture
def stranger(client_of: Callable[[User], Client]) -> Client:
    """An officer and verifier of a province of her own."""
    hers = ProvinceFactory(code="42", name="Tỉnh Hà Tĩnh", name_en="Ha Tinh Province")
    UnitFactory(parent=DistrictFactory(code="436", parent=hers))
    return client_of(UserFactory(roles={"officer": hers, "verifier": hers}))


def filled(address: str, theirs: Assessment) -> str:
    value = theirs.values.select_related("measure").get()
    commune = theirs.unit
    assert commune.parent is not None
    return address.format(
        pk=theirs.pk,
        measure=value.measure.code,
        commune=commune.code,
        district=commune.parent.code,
        province="62",
    )


def leaks(content: bytes) -> list[str]:
    said = content.decode()
    return [word for word in (SECRET, "Secret Commune", "73,19", "73.19") if word in said]


@pytest.mark.parametrize("headers", [{}, HX], ids=["page", "htmx"])
@pytest.mark.parametrize("address", PAGES)
def test_an_address_of_another_province_answers_as_if_it_were_not_there(
    stranger: Client, theirs: Assessment, address: str, headers: dict[str, str]
) -> None:
    answer = stranger.get(filled(address, theirs), headers=headers)
    assert answer.status_code == 404
    assert leaks(answer.content) == []


@pytest.mark.parametrize("headers", [{}, HX], ids=["page", "htmx"])
@pytest.mark.parametrize("address", POSTS)
def test_a_post_to_another_province_changes_nothing_and_says_nothing(
    stranger: Client, theirs: Assessment, address: str, headers: dict[str, str]
) -> None:
    value = theirs.values.select_related("measure").get()
    typed = {f"v-{value.measure.code}": "1", value.measure.code: "1", "reason": "x"}
    answer = stranger.post(filled(address, theirs), typed, headers=headers)
    assert answer.status_code == 404
    assert leaks(answer.content) == []
    value.refresh_from_db()
    assert (value.number, Assessment.objects.get().status) == (NUMBER, theirs.status)


@pytest.mark.parametrize("address", LISTS)
def test_a_list_over_the_api_holds_nothing_of_another_province(
    stranger: Client, theirs: Assessment, address: str
) -> None:
    answer = stranger.get(filled(address, theirs))
    assert answer.status_code == 200
    assert answer.json()["results"] == []
    assert leaks(answer.content) == []


@pytest.mark.parametrize("address", SEEN_BY_ALL)
def test_a_page_of_hers_says_nothing_of_another_province(
    stranger: Client, theirs: Assessment, address: str
) -> None:
    answer = stranger.get(address)
    assert answer.status_code == 200
    assert leaks(answer.content) == []


@pytest.fixture
def hidden() -> dict[str, int]:
    """The keys of one row of each register of another province."""
    return registers.registers_of(UnitFactory(name=SECRET, name_en="Secret Commune"), SECRET)


def test_what_the_sweep_asks_for_is_there_for_an_officer_of_its_province(
    client_of: Callable[[User], Client], hidden: dict[str, int]
) -> None:
    client = client_of(officer())
    answers = {address: client.get(address.format(**hidden)) for address in registers.PAGES}
    for answer in answers.values():
        answer.close()  # a picture is an open file
    assert [address for address, got in answers.items() if got.status_code != 200] == []


@pytest.mark.parametrize("headers", [{}, HX], ids=["page", "htmx"])
def test_a_page_of_a_register_of_another_province_is_not_there(
    stranger: Client, hidden: dict[str, int], headers: dict[str, str]
) -> None:
    asked = [address.format(**hidden) for address in registers.PAGES]
    answers = {address: stranger.get(address, headers=headers) for address in asked}
    assert [address for address, got in answers.items() if got.status_code != 404] == []
    assert [address for address, got in answers.items() if leaks(got.content)] == []


def test_a_post_to_a_register_of_another_province_changes_nothing(
    stranger: Client, hidden: dict[str, int]
) -> None:
    before = steps()
    asked = [address.format(**hidden) for address in registers.POSTS]
    answers = {address: stranger.post(address, {"name": "x"}) for address in asked}
    assert [address for address, got in answers.items() if got.status_code != 404] == []
    assert steps() == before


def test_a_list_of_a_register_over_the_api_holds_nothing_of_another_province(
    stranger: Client, hidden: dict[str, int]
) -> None:
    answers = {address: stranger.get(address) for address in registers.API_LISTS}
    assert {
        address: got.status_code for address, got in answers.items() if got.status_code != 200
    } == {}
    assert [address for address, got in answers.items() if got.json()["results"]] == []


def test_a_list_of_a_register_says_nothing_of_another_province(
    stranger: Client, hidden: dict[str, int]
) -> None:
    answers = {address: stranger.get(address) for address in registers.LISTS}
    assert {got.status_code for got in answers.values()} == {200}
    assert [address for address, got in answers.items() if leaks(b"".join(got))] == []


def steps() -> tuple[int, int]:
    return OcopStep.objects.count(), CooperativeStep.objects.count()
