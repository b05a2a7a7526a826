"""Invented cooperatives and OCOP products keep the rules that real ones keep."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from communes.models import AdministrativeUnit
from cooperatives.assessment import rate_return
from cooperatives.models import Cooperative, YearlyReturn
from ocop.grading import may_award, scheme_on, stars
from ocop.models import Certificate, Evaluation, Producer, Product
from ocop.rulebooks import schemes
from programme.demonstration import cooperatives, ocop
from programme.demonstration.latent import Commune, stream
from tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
YEAR_END, TODAY = date(2020, 12, 31), date(2026, 11, 26)
COOPERATIVES = cooperatives.Quota(cooperatives=60, effective=42, unions=1, dissolved=5)
OCOP = {
    "new": 12, "older": 20, "others": 15, "refused": 9, "revoked": 2,
    "stars_3": 50, "stars_4": 30, "stars_5": 2,
}  # fmt: skip


@pytest.fixture
def made() -> None:
    """Make the economy of a province of twenty communes."""
    units = [UnitFactory(name=f"Xã Thử {number}") for number in range(20)]
    communes = [Commune(unit.pk, unit.code, unit.short_name, "608", "62", "TN") for unit in units]
    province = AdministrativeUnit.objects.get(level="province")
    maker, chance = UserFactory().pk, stream(1980, "economy")
    joined = cooperatives.make_cooperatives(chance, province, communes, COOPERATIVES, maker)
    ocop.make_ocop(chance, communes, joined, OCOP, maker, TODAY)


def test_as_many_cooperatives_work_and_are_effective_as_were_asked_for(made: None) -> None:
    active = Cooperative.objects.active_on(YEAR_END)
    assert active.filter(kind="cooperative").count() == 60
    assert active.filter(kind="union").count() == 1
    latest = YearlyReturn.objects.latest_by(YEAR_END).filter(cooperative__in=active)
    assert latest.filter(is_effective=True).count() == 42


def test_every_return_is_rated_as_the_rule_of_its_year_says(made: None) -> None:
    for row in YearlyReturn.objects.select_related("cooperative"):
        stored = (row.rating, row.rule_code, row.is_effective)
        rate_return(row)
        assert (row.rating, row.rule_code, row.is_effective) == stored
        assert row.year >= row.cooperative.registered_on.year
    assert set(YearlyReturn.objects.values_list("year", flat=True)) == {2019, 2020}


def test_no_commune_has_two_cooperatives_of_one_name(made: None) -> None:
    names = Cooperative.objects.filter(kind="cooperative").values_list("name", "commune")
    assert len(set(names)) == len(names)


def test_as_many_products_hold_each_number_of_stars_as_were_asked_for(made: None) -> None:
    in_force = Certificate.objects.in_force(YEAR_END)
    for number in (3, 4, 5):
        assert in_force.filter(stars=number).count() == OCOP[f"stars_{number}"]
    assert Product.objects.filter(certificates=None).count() == OCOP["refused"]


def test_every_certificate_is_what_its_evaluation_earned_and_its_council_may_award(
    made: None,
) -> None:
    for row in Certificate.objects.select_related("evaluation"):
        scheme = scheme_on(schemes(), row.valid_from)
        assert scheme is not None
        assert row.evaluation is not None
        assert row.evaluation.total is not None
        earned = stars(row.evaluation.total, bands=scheme.bands)
        assert row.evaluation.stars == earned
        assert row.stars == (4 if row.is_potential_five else earned)
        assert may_award(scheme, row.decided_by_level, row.stars, row.valid_from)
        assert row.evaluation.evaluated_on < row.valid_from
        assert row.decision_number.startswith("MINH HỌA-")


def test_no_refused_product_had_earned_stars(made: None) -> None:
    refused = Evaluation.objects.filter(certificates=None)
    scheme = scheme_on(schemes(), YEAR_END)
    assert scheme is not None
    for row in refused:
        assert row.total is not None
        assert row.stars is not None
        assert row.stars < 3
        assert row.minimum_met is (row.stars == stars(row.total, bands=scheme.bands))
        assert row.total >= Decimal(30)


def test_nobody_is_certified_before_joining(made: None) -> None:
    for row in Certificate.objects.select_related("product__producer"):
        assert row.product.producer.joined_on < row.valid_from


def test_the_newcomers_of_2020_are_enterprises_and_cooperatives(made: None) -> None:
    new = Producer.objects.joined_in_year_of(YEAR_END)
    assert new.count() == OCOP["new"]
    assert set(new.values_list("kind", flat=True)) <= {"enterprise", "cooperative"}
    assert Producer.objects.count() == 12 + 20 + 15


def test_on_the_day_of_the_loading_some_certificates_hold_some_end_soon_and_some_are_gone(
    made: None,
) -> None:
    every = Certificate.objects.all()
    held = every.in_force(TODAY)
    assert held.count() > OCOP["stars_3"] / 2
    for days in (31, 92, 183):
        assert every.expiring(TODAY, days=days).exists()
    lapsed = Product.objects.filter(certificates__valid_to__lt=TODAY)
    assert lapsed.exclude(certificates__in=held.order_by()).exists()
    assert every.exclude(revocation_reason="").filter(superseded_by=None).count() >= OCOP["revoked"]
    assert not every.filter(is_demonstration=False).exists()


def test_no_product_holds_two_certificates_on_one_day(made: None) -> None:
    for product in Product.objects.prefetch_related("certificates"):
        rows = list(product.certificates.all())
        for before, after in pairwise(rows):
            assert (before.revoked_on or before.valid_to) <= after.valid_from
            assert before.revoked_on is None or before.superseded_by == after
