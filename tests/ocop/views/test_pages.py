"""The pages of the OCOP register: who sees what, what is refused at its field, the whole way."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from ocop.models import AssessorSheet, Certificate, Evaluation, Producer, Product
from tests.factories import DistrictFactory, ProvinceFactory, UnitFactory, UserFactory
from tests.ocop.rows import a_certificate, a_producer, a_product, an_award, officer, scored

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from ntm_portal.accounts.models import User

    ClientOf = Callable[[User], Client]

pytestmark = pytest.mark.django_db
PUBLIC_ON = override_settings(PUBLIC_SITE=True)


@pytest.fixture
def by() -> User:
    return officer()


@pytest.fixture
def hers(client_of: ClientOf, by: User) -> Client:
    client = client_of(by)
    client.cookies["language"] = "en"
    return client


def test_an_officer_goes_the_whole_way(hers: Client) -> None:
    commune = UnitFactory(name="Xã Măng Cành", search_name="xa mang canh")
    typed = {"name": "HTX Sâm", "kind": "household", "commune": "mang canh"}
    hers.post("/ocop/producers/new/", typed | {"joined_on": "01/03/2020"})
    producer = Producer.objects.get()
    assert producer.commune == commune
    hers.post("/ocop/products/new/", {"producer": producer.pk, "name": "Sâm", "group": "herbal"})
    product = Product.objects.get()
    dossier = {"kind": "first", "level": "province"}
    days = {"filed_on": "01/08/2020", "evaluated_on": "01/10/2020"}
    hers.post(f"/ocop/products/{product.pk}/evaluations/new/", dossier | days)
    evaluation = Evaluation.objects.get()
    base = f"/ocop/evaluations/{evaluation.pk}/"
    for number in range(3):
        points = {"points-A": "30", "points-B": "20", "points-C": f"3{number}.5"}
        answer = hers.post(f"{base}sheets/new/", points | {"assessor": f"Council {number}"})
        assert answer.status_code == 302
    assert AssessorSheet.objects.count() == 3
    hers.post(f"{base}conclude/", {"met-min-3a": "yes"})
    page = hers.get(base)
    assert "81.5" in page.content.decode()
    award = {"stars": "4", "level": "province", "number": "12/QĐ-UBND", "on": "15/10/2020"}
    hers.post(f"/ocop/products/{product.pk}/certificates/new/?evaluation={evaluation.pk}", award)
    certificate = Certificate.objects.get()
    assert (certificate.stars, certificate.evaluation) == (4, evaluation)
    notice = {"number": "5/TB", "sent_on": "20/08/2023"}
    answer = hers.post(f"/ocop/certificates/{certificate.pk}/notice/", notice, follow=True)
    assert "12/QĐ-UBND" in answer.content.decode()
    pdf = hers.get(f"/ocop/products/{product.pk}/label.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert b"<svg" in hers.get(f"/ocop/products/{product.pk}/label.svg").content
    assert hers.get(f"/ocop/products/{product.pk}/label/").status_code == 200


@pytest.mark.parametrize(
    ("address", "typed", "field", "said"),
    [
        ("producers/new/", {"tax_code": "1"}, "tax_code", "A tax code has 10 digits"),
        ("producers/new/", {"commune": "nowhere"}, "commune", "No unit in your area"),
        ("producers/new/", {"joined_on": "31/02/2020"}, "joined_on", "valid date"),
        ("products/new/", {"producer": ""}, "producer", "A product has a producer"),
        ("products/new/", {"producer": "77"}, "producer", "No producer in your area"),
        ("products/{pk}/certificates/new/", {"level": "district"}, "level", "were awarded by"),
        ("products/{pk}/certificates/new/", {"number": " "}, "number", "required"),
        ("products/{pk}/evaluations/new/", {"filed_on": "2/10/2020"}, "filed_on", "before"),
        ("certificates/{certificate}/revoke/", {"on": "1/1/2019"}, "on", "valid from"),
        ("certificates/{certificate}/notice/", {"sent_on": "1/1/2024"}, "sent_on", "ended"),
    ],
)
def test_what_cannot_be_comes_back_as_typed_with_its_sentence(
    hers: Client, by: User, address: str, typed: dict[str, str], field: str, said: str
) -> None:
    certificate = a_certificate(by)
    commune = certificate.product.commune
    whole = {"name": "Khác", "kind": "first" if "evaluations" in address else "household"}
    whole |= {"commune": commune.code, "joined_on": "1/1/2020", "group": "food"}
    whole |= {"producer": str(certificate.product.producer_id), "stars": "4", "level": "province"}
    whole |= {"number": "9/QĐ", "on": "1/10/2021", "filed_on": "1/8/2020", "reason": "x"}
    whole |= {"evaluated_on": "1/10/2020", "sent_on": "20/8/2023"} | typed
    filled = address.format(pk=certificate.product_id, certificate=certificate.pk)
    answer = hers.post(f"/ocop/{filled}", whole)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert said in answer.content.decode()
    assert typed[field].strip() in answer.content.decode()


def test_a_point_above_the_most_stands_at_its_part(hers: Client, by: User) -> None:
    row = a_product(by)
    hers.post(
        f"/ocop/products/{row.pk}/evaluations/new/",
        {
            "kind": "first",
            "level": "province",
            "filed_on": "1/8/2020",
            "evaluated_on": "1/10/2020",
        },
    )
    typed = {"assessor": "A", "points-A": "36", "points-B": "20", "points-C": "30", "total": "90"}
    answer = hers.post(f"/ocop/evaluations/{Evaluation.objects.get().pk}/sheets/new/", typed)
    assert "0 to 35" in " ".join(answer.context["form"].errors["points-A"])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 2),
        ("?q=mat+ong", 1),
        ("?q=mang+den", 1),
        ("?stars=4&on=2020-12-31", 1),
        ("?stars=3&on=2020-12-31", 0),
        ("?state=in-force&on=2020-12-31", 1),
        ("?state=expiring-3&on=2023-08-01", 1),
        ("?state=expired&on=2024-01-01", 1),
        ("?state=new&on=2020-12-31", 1),
        ("?state=none", 1),
        ("?group=drink", 1),
        ("?kind=household", 1),
        ("?within=62", 2),
        ("?origin=demonstration", 0),
    ],
)
def test_the_list_is_narrowed(hers: Client, by: User, query: str, found: int) -> None:
    a_certificate(by)
    a_product(by, name="Trà", group="drink", producer=a_producer(by, name="X", kind="household"))
    page = hers.get(f"/ocop/products/{query}")
    assert page.status_code == 200
    assert page.context["page"].paginator.count == found


@pytest.mark.parametrize("address", ["products/", "producers/", "certificates/", "chains/"])
def test_a_list_takes_as_many_queries_for_30_rows_as_for_1(
    hers: Client, by: User, address: str
) -> None:
    a_certificate(by)
    counts = []
    for more in (0, 29):
        for number in range(more):
            product = a_product(by, name=f"Sản phẩm {number}")
            scored(product, by) if number == 0 else None
            Certificate.objects.create(
                product=product,
                stars=3,
                decided_by_level="province",
                decision_number=f"{number}/QĐ",
                valid_from=date(2020, 5, 1),
                valid_to=date(2023, 4, 30),
                recorded_by=by,
            )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert hers.get(f"/ocop/{address}").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10


def test_another_province_is_as_if_it_were_not_there(client_of: ClientOf, by: User) -> None:
    certificate = a_certificate(by)
    evaluation = scored(a_product(by), by)
    other = ProvinceFactory(code="42", name="Tỉnh Hà Tĩnh")
    UnitFactory(parent=DistrictFactory(code="436", parent=other))
    stranger = client_of(UserFactory(roles={"officer": other, "verifier": other}))
    product, producer = certificate.product_id, certificate.product.producer_id
    for address in (
        f"products/{product}/",
        f"products/{product}/edit/",
        f"products/{product}/label/",
        f"products/{product}/label.pdf",
        f"products/{product}/photos/new/",
        f"products/{product}/evaluations/new/",
        f"products/{product}/certificates/new/",
        f"producers/{producer}/",
        f"producers/{producer}/edit/",
        f"evaluations/{evaluation.pk}/",
        f"evaluations/{evaluation.pk}/reopen/",
        f"certificates/{certificate.pk}/revoke/",
        f"certificates/{certificate.pk}/notice/",
        "places/62/",
    ):
        assert stranger.get(f"/ocop/{address}").status_code == 404, address
        assert stranger.post(f"/ocop/{address}", {"name": "x"}).status_code in {404, 405}, address
    for address in ("products/", "producers/", "certificates/", "products/export.csv"):
        answer = stranger.get(f"/ocop/{address}")
        body = b"".join(answer) if answer.streaming else answer.content
        assert "Mật ong" not in body.decode()


def test_who_only_reads_changes_nothing(client_of: ClientOf, by: User) -> None:
    certificate = a_certificate(by)
    reader = client_of(UserFactory(roles={"committee": ProvinceFactory()}))
    product = certificate.product_id
    page = reader.get(f"/ocop/products/{product}/").content.decode()
    assert f"/ocop/products/{product}/edit/" not in page
    for address in (
        "products/new/",
        "producers/new/",
        "chains/new/",
        f"products/{product}/edit/",
        f"products/{product}/certificates/new/",
        f"certificates/{certificate.pk}/revoke/",
    ):
        assert reader.get(f"/ocop/{address}").status_code == 403, address


def test_the_lists_are_taken_away_whole(hers: Client, by: User) -> None:
    a_product(by, name="=1+1", producer=a_certificate(by).product.producer)
    answer = hers.get("/ocop/products/export.csv")
    text = b"".join(answer).decode("utf-8-sig")
    assert "Mật ong rừng" in text
    assert "'=1+1" in text
    assert hers.get("/ocop/products/export.xlsx").content.startswith(b"PK")


def test_the_public_pages_open_only_when_they_are_turned_on(client: Client, by: User) -> None:
    product = a_certificate(by).product_id
    for address in ("/ocop/catalogue/", f"/ocop/catalogue/{product}/"):
        assert "/login/" in client.get(address)["Location"]
        with PUBLIC_ON:
            assert client.get(address).status_code == 200


@PUBLIC_ON
def test_the_public_page_says_whether_the_certificate_is_in_force_today(
    client: Client, by: User
) -> None:
    client.cookies["language"] = "en"
    old = a_certificate(by)
    page = client.get(f"/ocop/catalogue/{old.product_id}/").content.decode()
    assert "No certificate is in force today" in page
    fresh = a_certificate(by, on=date(2026, 6, 1), number="8/QĐ")
    page = client.get(f"/ocop/catalogue/{fresh.product_id}/").content.decode()
    assert "The certificate is in force today" in page
    assert client.get(f"/ocop/catalogue/{a_product(by).pk}/").status_code == 404


def test_the_place_shows_growth_by_year(hers: Client, by: User) -> None:
    row = a_certificate(by)
    award = an_award(stars=3, number="2/QĐ", on=date(2022, 5, 1))
    assert row.stars == 4
    page = hers.get("/ocop/places/62/?on=2020-12-31")
    area = page.context["area"]
    assert [(line.year, line.total, line.new) for line in area.years] == [
        (2019, 0, 0),
        (2020, 1, 1),
    ]
    assert award.stars == 3


def test_double_entries_are_offered_and_joined(hers: Client, by: User) -> None:
    kept, double = a_producer(by), None
    double = a_producer(by, commune=kept.commune)
    page = hers.get(f"/ocop/producers/{kept.pk}/").content.decode()
    address = f"/ocop/producers/{kept.pk}/join/{double.pk}/"
    assert address in page
    hers.post(address)
    double.refresh_from_db()
    assert double.duplicate_of == kept
    assert hers.get(f"/ocop/producers/{double.pk}/").status_code == 200


def test_a_chain_joins_what_is_named_by_number(hers: Client, by: User) -> None:
    product = a_product(by)
    typed = {"name": "Chuỗi mật ong", "commune": product.commune.code, "started_on": "1/1/2020"}
    answer = hers.post("/ocop/chains/new/", typed | {"products": f"{product.pk}, 999"})
    assert "999" in " ".join(answer.context["form"].errors["products"])
    hers.post("/ocop/chains/new/", typed | {"products": str(product.pk)})
    chain = product.chains.get()
    hers.post(
        f"/ocop/chains/{chain.pk}/contracts/",
        {"year": "2020", "number": "4", "value_million_vnd": "1,250.5"},
    )
    assert chain.contracts.get().number == 4
    assert hers.get(f"/ocop/chains/{chain.pk}/").status_code == 200
    assert hers.get("/ocop/chains/?q=chuoi").context["page"].paginator.count == 1


def test_the_list_reminds_of_notices_until_they_are_sent(hers: Client, by: User) -> None:
    row = a_certificate(by)
    address = "/ocop/certificates/?on=2023-08-01"
    assert "not told in writing yet" in hers.get(address).content.decode()
    hers.post(f"/ocop/certificates/{row.pk}/notice/", {"number": "1/TB", "sent_on": "1/8/2023"})
    assert "not told in writing yet" not in hers.get(address).content.decode()


def test_a_list_of_a_day_leads_to_the_product_as_it_stood_then(hers: Client, by: User) -> None:
    product = a_certificate(by).product
    then = hers.get("/ocop/products/?on=2020-12-31").content.decode()
    assert f"/ocop/products/{product.pk}/?on=2020-12-31" in then
    assert "in force" in hers.get(f"/ocop/products/{product.pk}/?on=2020-12-31").content.decode()
    gone = hers.get(f"/ocop/products/{product.pk}/?on=2024-01-01").content.decode()
    assert ">∅</span> ended" in gone
