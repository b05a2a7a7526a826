"""Officers are reminded of certificates that end in 6, 3 and 1 months."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ntm_portal.mail.models import Letter
from ocop import services
from ocop.models import Certificate, ExpiryReminder
from ocop.reminders import remind
from ocop.tasks import remind as remind_task
from tests.factories import DistrictFactory, ProvinceFactory, UnitFactory, UserFactory
from tests.ocop.rows import a_certificate, a_producer, a_product, an_award, officer

if TYPE_CHECKING:
    from ntm_portal.accounts.models import User

pytestmark = pytest.mark.django_db
ENDS = date(2023, 9, 30)  # of a certificate of 1 October 2020


@pytest.fixture
def by() -> User:
    person = officer()
    person.email = "huong@example.vn"
    person.language = "en"
    person.save()
    return person


@pytest.mark.parametrize(
    ("days", "terms"),
    [(184, []), (183, [6]), (92, [3]), (31, [1]), (0, [1]), (-1, [])],
)
def test_a_certificate_is_told_of_at_the_nearest_term_it_has_come_to(
    by: User, days: int, terms: list[int]
) -> None:
    assert a_certificate(by).valid_to == ENDS
    assert remind(ENDS - timedelta(days=days)) == len(terms)
    assert list(ExpiryReminder.objects.values_list("months", flat=True)) == terms


def test_each_term_is_told_once_and_none_twice(by: User) -> None:
    a_certificate(by)
    told = [remind(ENDS - timedelta(days=days)) for days in (183, 183, 150, 92, 60, 31, 1)]
    assert told == [1, 0, 0, 1, 0, 1, 0]
    assert Letter.objects.count() == 3


def test_the_letter_names_what_ends_and_where_the_list_is(by: User) -> None:
    a_certificate(by)
    remind(ENDS - timedelta(days=31))
    letter = Letter.objects.get()
    assert letter.subject == "1 OCOP certificate in your area ends soon"
    assert "30 Sep 2023: Mật ong rừng, 4 stars, HTX Mật ong Măng Đen" in letter.body
    assert "/ocop/certificates/?state=expiring-6" in letter.body


def test_an_officer_hears_of_her_own_area_alone_and_only_once_of_each(by: User) -> None:
    theirs = ProvinceFactory(code="42", name="Tỉnh Hà Tĩnh")
    UserFactory(roles={"officer": theirs}, email="mai@example.vn")
    UserFactory(roles={"committee": ProvinceFactory()}, email="binh@example.vn")
    both = UserFactory(roles={"officer": DistrictFactory()}, email="both@example.vn", language="en")
    both.assignments.create(role="officer", unit=ProvinceFactory())
    a_certificate(by)
    assert remind(ENDS) == 2
    assert {letter.person for letter in Letter.objects.all()} == {by, both}
    assert Letter.objects.get(person=both).body.count("Mật ong rừng") == 1


def test_what_was_revoked_is_not_told_of(by: User) -> None:
    row = a_certificate(by)
    Certificate.objects.filter(pk=row.pk).update(revoked_on=date(2021, 1, 1))
    assert remind(ENDS) == 0


def test_many_certificates_cost_the_queries_of_one_and_are_one_letter(by: User) -> None:
    maker = a_producer(by, UnitFactory())
    counts = []
    for number in (1, 30):
        for index in range(number):
            product = a_product(by, name=f"Sâm {number} {index}", producer=maker)
            services.certify(product.pk, an_award(number=f"{number}-{index}/QĐ"), by=by)
        with CaptureQueriesContext(connection) as queries:
            remind(ENDS - timedelta(days=92 if number == 1 else 31))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert Letter.objects.count() == 2


def test_the_task_reminds_of_today(by: User) -> None:
    a_certificate(by)
    Certificate.objects.update(valid_to=timezone.localdate() + timedelta(days=10))
    assert [remind_task(), remind_task()] == [1, 0]
