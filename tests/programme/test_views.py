"""The pages of places: who sees what, in which round, and at how many queries."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communes.models import AdministrativeUnit, StaleUnit
from criteria.models import ReportingRound
from ntm_portal.accounts.models import User
from programme.models import RollupState, Target
from programme.rollup import rebuild
from tests.factories import (
    DistrictFactory,
    NationFactory,
    ProvinceFactory,
    RecognitionFactory,
    RoundFactory,
    UnitFactory,
    UserFactory,
)
from tests.programme.rows import MET, NOT_MET, assess, product, set_of

pytestmark = pytest.mark.django_db
Kind = AdministrativeUnit.Kind
ClientOf = Callable[[User], Client]


@pytest.fixture
def round_() -> ReportingRound:
    return RoundFactory()


@pytest.fixture
def before() -> ReportingRound:
    return RoundFactory(
        code="2020-Q2",
        reference_date=date(2020, 6, 30),
        opens_on=date(2020, 6, 1),
        due_on=date(2020, 7, 15),
        status="published",
    )


@pytest.fixture
def committee(client_of: ClientOf) -> Client:
    """A reader of the whole country, in English."""
    client = client_of(UserFactory(roles={"committee": NationFactory()}))
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def commune(round_: ReportingRound) -> AdministrativeUnit:
    """A recognised commune that meets one of two criteria, added up."""
    set_of(2)
    commune = UnitFactory(name="Xã Đoàn Kết", name_en="Doan Ket Commune")
    RecognitionFactory(unit=commune, decision_number="7/QĐ-THỬ")
    assess(commune, round_, MET, NOT_MET)
    rebuild(round_)
    return commune


def read(client: Client, address: str) -> str:
    """The page as its reader sees it: without tags, each space one."""
    response = client.get(address)
    assert response.status_code == 200, address
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


@pytest.mark.parametrize("code", ["VN", "62", "608", "commune"])
def test_a_page_stands_at_every_level_with_one_heading(
    committee: Client, commune: AdministrativeUnit, code: str
) -> None:
    response = committee.get(f"/places/{code.replace('commune', commune.code)}/")
    assert response.status_code == 200
    assert response.content.count(b"<h1") == 1


@pytest.mark.parametrize("code", ["VN", "62", "608", "commune"])
@pytest.mark.parametrize("page", ["", "communes/", "freshness/"])
def test_out_of_reach_does_not_exist(
    client_of: ClientOf, commune: AdministrativeUnit, code: str, page: str
) -> None:
    elsewhere = ProvinceFactory(code="42", name="Tỉnh Hà Tĩnh")
    neighbour = client_of(UserFactory(roles={"officer": elsewhere}))
    address = f"/places/{code.replace('commune', commune.code)}/{page}"
    assert neighbour.get(address).status_code == 404


def test_what_lies_above_ones_area_is_named_but_not_linked(
    client_of: ClientOf, commune: AdministrativeUnit
) -> None:
    reader = client_of(UserFactory(roles={"officer": ProvinceFactory()}))
    page = reader.get(f"/places/{commune.code}/").content.decode()
    assert 'href="/places/VN/' not in page
    assert 'href="/places/62/?round=2020-Q4"' in page
    assert reader.get("/places/62/").status_code == 200


def test_a_round_that_does_not_exist_is_a_page_that_says_so(
    committee: Client, commune: AdministrativeUnit
) -> None:
    response = committee.get("/places/VN/?round=1999-Q4")
    assert response.status_code == 404
    assert b"a round that is not here" in response.content


def test_the_menu_of_rounds_keeps_the_place(
    committee: Client, commune: AdministrativeUnit, before: ReportingRound
) -> None:
    page = committee.get("/places/62/?sort=name&page=2").content.decode()
    assert 'href="?sort=name&amp;round=2020-Q2"' in page


def test_a_round_is_shown_on_the_map_of_its_own_day(
    committee: Client, before: ReportingRound, round_: ReportingRound
) -> None:
    NationFactory()
    old = ProvinceFactory(code="7", name_en="Old Name", valid_to=date(2020, 9, 30))
    ProvinceFactory(code="7", name_en="New Name", valid_from=date(2020, 10, 1), parent=old.parent)
    rebuild(before)
    rebuild(round_)
    assert "Old Name" in read(committee, "/places/7/?round=2020-Q2")
    assert "New Name" in read(committee, "/places/7/")
    assert "New Name" not in read(committee, "/places/VN/?round=2020-Q2")


def test_a_target_shows_value_distance_verdict_and_source(
    committee: Client, commune: AdministrativeUnit
) -> None:
    UnitFactory()
    rebuild(ReportingRound.objects.get())
    Target.objects.create(
        code="certified",
        name_en="Communes certified",
        metric="communes_certified_share",
        comparator=">=",
        value=Decimal(60),
        due_on=date(2020, 12, 31),
        legal_ref="Kế hoạch năm 2020",
        confidence="unconfirmed",
    )
    Target.objects.create(
        code="products",
        name_en="OCOP products",
        metric="ocop_products_standardised",
        comparator=">=",
        value=Decimal(500),
        is_approximate=True,
        due_on=date(2020, 12, 31),
        legal_ref="QĐ 1",
        position=1,
    )
    page = read(committee, "/places/VN/")
    assert "Communes certified target at least 60% § recalled, not yet confirmed by 31 Dec" in page
    assert "50.0 %" in page
    assert "✗ not met, 10.0 points short" in page
    assert "1 of 2 communes" in page
    assert "OCOP products target about 500 0 ✗ not met, 500 short" in page
    assert "Targets set by: Kế hoạch năm 2020 §" in page


def test_numbers_and_words_are_vietnamese_for_a_vietnamese_reader(
    client_of: ClientOf, commune: AdministrativeUnit
) -> None:
    reader = client_of(UserFactory(roles={"committee": NationFactory()}))
    page = reader.get("/places/VN/").content.decode()
    assert '<html lang="vi">' in page
    assert "100,0" in page


def test_reported_stands_beside_verified(committee: Client, round_: ReportingRound) -> None:
    set_of(1)
    assess(UnitFactory(), round_, MET, verified=[NOT_MET])
    rebuild(round_)
    page = read(committee, "/places/VN/")
    assert "1 (100.0%) reported, 0 verified" in page
    assert "1 area reports more communes that meet all criteria than are verified" in page


def test_counts_lead_to_the_list_they_count(committee: Client, commune: AdministrativeUnit) -> None:
    page = committee.get("/places/VN/").content.decode()
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/places/VN/[^"]+)"', page)}
    narrowed = [link for link in links if "standing" in link or "criterion" in link]
    assert len(narrowed) >= 4
    for link in narrowed:
        assert committee.get(link).context["filter"].is_valid(), link
    assert "Doan Ket Commune" in read(
        committee, "/places/VN/communes/?round=2020-Q4&standing=one_short"
    )


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("name=doan ket", True),
        ("name=ĐOÀN", True),
        ("name=hoa binh", False),
        ("verdict=not_met", True),
        ("verdict=undetermined", False),
        ("standing=ready", False),
    ],
)
def test_the_list_of_communes_is_narrowed(
    committee: Client, commune: AdministrativeUnit, query: str, *, is_found: bool
) -> None:
    page = read(committee, f"/places/62/communes/?{query}")
    assert ("Doan Ket Commune" in page) is is_found
    assert ("No commune here stands so in this round." in page) is not is_found


def test_a_filter_nobody_offered_is_named_beside_its_field(
    committee: Client, commune: AdministrativeUnit
) -> None:
    page = read(committee, "/places/62/communes/?standing=nonsense")
    assert "Select a valid choice" in page


def test_a_commune_ends_in_its_typed_values(committee: Client, commune: AdministrativeUnit) -> None:
    page = read(committee, f"/places/{commune.code}/")
    assert "Criteria met, as reported 1 / 2" in page
    assert "by 7/QĐ-THỬ of 1 Oct 2020, standard of 2020" in page
    assert "90 % ✓ met at least 80 %" in page
    assert "10 % ✗ not met at least 80 %" in page


def test_each_value_leads_to_why(committee: Client, commune: AdministrativeUnit) -> None:
    assessment = commune.assessments.get()
    page = committee.get(f"/places/{commune.code}/").content.decode()
    for value in assessment.values.select_related("measure"):
        address = f"/criteria/assessments/{assessment.pk}/values/{value.measure.code}/why/"
        assert f'href="{address}"' in page


def test_a_ward_is_on_the_map_and_outside_the_programme(
    committee: Client, round_: ReportingRound
) -> None:
    ward = UnitFactory(kind=Kind.WARD, name_en="Quang Trung Ward")
    product(ward, 4)
    rebuild(round_)
    page = read(committee, f"/places/{ward.code}/")
    assert "Quang Trung Ward is on the map but outside the programme" in page
    assert "0 · 1 · 0" in page
    assert "Quang Trung Ward" in read(committee, "/places/608/")


def test_a_commune_nobody_asked_says_why_it_is_empty(
    committee: Client, round_: ReportingRound
) -> None:
    commune = UnitFactory()
    rebuild(round_)
    assert "was not asked to report in this round" in read(committee, f"/places/{commune.code}/")


def test_an_empty_portal_says_why_it_is_empty(committee: Client) -> None:
    assert "no reporting round has been opened yet" in read(committee, "/places/VN/")
    assert "No commune here has reported" in read(committee, "/places/VN/communes/")


def test_a_round_not_yet_added_up_says_so(committee: Client, round_: ReportingRound) -> None:
    assert "have not been added up yet" in read(committee, "/places/VN/")


def test_where_nobody_reported_it_does_not_say_that_all_is_well(
    committee: Client, round_: ReportingRound
) -> None:
    province = ProvinceFactory(code="62")
    rebuild(round_)
    page = read(committee, f"/places/{province.code}/")
    assert "No commune here has reported in this round." in page
    assert "held back" not in page


def test_the_freshness_line_asks_again_only_while_something_is_pending(
    committee: Client, commune: AdministrativeUnit
) -> None:
    assert b"hx-get" not in committee.get("/places/VN/").content
    StaleUnit.objects.create(unit=commune, since=date(2020, 12, 31))
    page = committee.get("/places/VN/").content.decode()
    assert "1 unit being added up" in page
    again = re.search(r'hx-get="([^"]+)"', page)
    assert again is not None
    address = again[1].replace("&amp;", "&")
    assert committee.get(address).status_code == 204
    StaleUnit.objects.all().delete()
    assert "show the new figures" in read(committee, address)


def test_rows_are_sorted_by_a_link(committee: Client, round_: ReportingRound) -> None:
    for code, name in (("1", "An"), ("2", "Bình")):
        ProvinceFactory(code=code, name=f"Tỉnh {name}", short_name=name, name_en=name)
    rebuild(round_)
    page = read(committee, "/places/VN/?sort=-name")
    assert page.index("Bình") < page.index("An ")


@pytest.mark.parametrize("address", ["/places/VN/", "/places/62/", "/places/608/"])
def test_a_page_takes_as_many_queries_for_thirty_as_for_one(
    committee: Client, round_: ReportingRound, before: ReportingRound, address: str
) -> None:
    set_of(2)
    counts = []
    for more in (1, 29):
        for number in range(more):
            beside = DistrictFactory(
                code=f"d{more}{number}", parent=ProvinceFactory(code=f"p{more}{number}")
            )
            for parent in (beside, DistrictFactory(code=f"k{more}{number}"), DistrictFactory()):
                assess(UnitFactory(parent=parent), round_, MET, NOT_MET)
        rebuild(before)
        rebuild(round_)
        with CaptureQueriesContext(connection) as queries:
            assert committee.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10


def test_a_list_takes_as_many_queries_for_thirty_as_for_one(
    committee: Client, round_: ReportingRound
) -> None:
    set_of(2)
    counts = []
    for more in (1, 29):
        for _ in range(more):
            assess(UnitFactory(), round_, MET, NOT_MET)
        rebuild(round_)
        with CaptureQueriesContext(connection) as queries:
            assert committee.get("/places/VN/communes/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_time_of_the_figures_is_that_of_the_last_roll_up(
    committee: Client, commune: AdministrativeUnit
) -> None:
    RollupState.objects.all().delete()
    assert "figures not yet added up" in read(committee, "/places/VN/")
