"""Evaluations and certificates: what cannot be is refused, what was awarded is right on any day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone

from communes.change_models import Change
from communes.models import StaleUnit
from ntm_portal.lib.errors import DomainError
from ocop import services
from ocop.models import AssessorSheet, Certificate, Level, ScoreSheet
from ocop.services import Letter, SheetEntry
from tests.factories import DistrictFactory, UserFactory
from tests.ocop.rows import (
    DAY,
    GOOD,
    PARTS,
    a_certificate,
    a_product,
    an_award,
    an_evaluation,
    officer,
    scored,
)

pytestmark = pytest.mark.django_db
LATER = timezone.localdate() + timedelta(days=3)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"evaluated_on": LATER}, "in-the-future"),
        ({"filed_on": date(2020, 10, 2)}, "filed-later"),
        ({"evaluated_on": date(2019, 8, 20), "filed_on": date(2019, 8, 1)}, "no-scheme"),
        ({}, "day-taken"),
    ],
)
def test_an_evaluation_that_cannot_be_is_refused(changed: dict[str, Any], code: str) -> None:
    by = officer()
    product = a_product(by)
    an_evaluation(product, by)
    with pytest.raises(DomainError) as refusal:
        an_evaluation(product, by, **changed)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"points": PARTS | {"A": Decimal("35.5")}}, "points-A"),
        ({"points": PARTS | {"C": Decimal(-1)}}, "points-C"),
        ({"points": {"A": Decimal(1), "B": Decimal(1)}}, "points-C"),
        ({"points": PARTS | {"D": Decimal(1)}}, "points-D"),
        ({"total": Decimal(81)}, "sum-differs"),
        ({"assessor": " "}, "assessor-required"),
        ({"assessor": "Bà Y"}, "assessor-taken"),
    ],
)
def test_a_sheet_that_cannot_be_is_refused(changed: dict[str, Any], code: str) -> None:
    by = officer()
    row = an_evaluation(a_product(by), by)
    services.save_sheet(row.pk, SheetEntry("Bà Y", PARTS), by=by)
    entry = SheetEntry(**{"assessor": "Ông X", "points": PARTS} | changed)
    with pytest.raises(DomainError) as refusal:
        services.save_sheet(row.pk, entry, by=by)
    assert refusal.value.code == code
    assert AssessorSheet.objects.count() == 1


def test_three_sheets_are_averaged_and_the_result_is_kept() -> None:
    by = officer()
    row = scored(a_product(by), by, 90, 90, 89)
    row.refresh_from_db()
    assert (row.mean, row.total, row.band, row.stars) == (
        Decimal("89.66666667"),
        Decimal("89.67"),
        4,
        4,
    )
    assert (row.scheme_code, row.rounding, row.minimum_met) == ("ocop-2019", "none", True)


@override_settings(OCOP_ROUNDING="half-up")
def test_the_rounding_that_was_set_is_kept_with_the_result() -> None:
    by = officer()
    row = scored(a_product(by), by, 90, 90, 89)
    assert (row.total, row.stars, row.rounding) == (Decimal(90), 5, "half-up")


def test_a_minimum_not_met_caps_and_the_award_above_it_is_refused() -> None:
    by = officer()
    product = a_product(by)
    row = an_evaluation(product, by)
    services.save_sheet(row.pk, SheetEntry("Ông X", PARTS), by=by)
    with pytest.raises(DomainError) as refusal:
        services.conclude(row.pk, {}, by=by)
    assert refusal.value.code == "answers-required"
    row = services.conclude(row.pk, GOOD | {"min-4b": False}, by=by)
    assert row.total == Decimal(80)
    assert (row.band, row.stars, row.minimum_met) == (4, 3, False)
    with pytest.raises(DomainError) as refusal:
        services.certify(product.pk, an_award(evaluation=row), by=by)
    assert refusal.value.code == "bad-stars"
    assert services.certify(product.pk, an_award(stars=3, evaluation=row), by=by).stars == 3


def test_an_unsound_sheet_and_one_of_another_scheme_judge_nothing() -> None:
    by = officer()
    product = a_product(by)
    fields = {"name": "Rau", "body": {"parts": []}, "digest": "0"}
    unsound = ScoreSheet.objects.create(scheme_code="ocop-2019", is_sound=False, **fields)
    other = ScoreSheet.objects.create(scheme_code="ocop-2026", is_sound=True, **fields)
    for sheet in (unsound, other):
        with pytest.raises(DomainError) as refusal:
            an_evaluation(product, by, sheet=sheet)
        assert refusal.value.code == "bad-sheet"


def test_what_is_concluded_is_opened_again_only_without_a_certificate() -> None:
    by = officer()
    product = a_product(by)
    row = scored(product, by)
    with pytest.raises(DomainError):
        services.save_sheet(row.pk, SheetEntry("Ông Z", PARTS), by=by)
    services.reopen(row.pk, "thiếu phiếu", by=by)
    services.save_sheet(row.pk, SheetEntry("Ông Z", PARTS), by=by)
    row = services.conclude(row.pk, GOOD, by=by)
    services.certify(product.pk, an_award(evaluation=row), by=by)
    with pytest.raises(DomainError) as refusal:
        services.reopen(row.pk, "sai", by=by)
    assert refusal.value.code == "certified"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"number": " "}, "number-required"),
        ({"on": LATER}, "in-the-future"),
        ({"level": "district"}, "wrong-level"),
        ({"stars": 5}, "wrong-level"),
        ({"stars": 2}, "bad-stars"),
        ({"on": date(2019, 1, 1)}, "no-scheme"),
        ({"on": date(2024, 1, 1), "stars": 3}, "wrong-level"),
        ({"on": date(2025, 7, 6), "stars": 3, "level": "district"}, "wrong-level"),
    ],
)
def test_an_award_that_cannot_be_is_refused(changed: dict[str, Any], code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        a_certificate(officer(), **changed)
    assert refusal.value.code == code
    assert not Certificate.objects.exists()


def test_an_award_is_signed_owed_and_valid_36_months() -> None:
    by = officer()
    row = a_certificate(by)
    assert (row.valid_from, row.valid_to, row.kind) == (DAY, date(2023, 9, 30), "first")
    assert (row.recorded_by, row.product.steps.latest("pk").kind) == (by, "certified")
    assert DAY in {mark.since for mark in StaleUnit.objects.all()}
    assert Change.objects.filter(kind="certificate", key=str(row.pk)).exists()


@pytest.mark.parametrize(
    ("stars", "level", "kind"),
    [(4, "province", "renewal"), (5, "nation", "upgrade"), (3, "province", "downgrade")],
)
def test_a_later_award_replaces_the_one_that_was_held(stars: int, level: str, kind: str) -> None:
    by = officer()
    first = a_certificate(by)
    day = date(2022, 6, 1)
    award = an_award(stars=stars, level=level, number="99/QĐ", on=day)
    second = services.certify(first.product_id, award, by=by)
    first.refresh_from_db()
    assert (second.kind, first.superseded_by, first.is_revoked) == (kind, second, False)
    held = Certificate.objects
    assert list(held.in_force(day - timedelta(days=1))) == [first]
    assert list(held.in_force(day)) == [second]


def test_certificates_across_the_change_of_schemes_are_right_on_any_day() -> None:
    by = officer()
    first = a_certificate(by, stars=3, on=date(2022, 6, 1))
    award = an_award(stars=3, level="district", number="9/QĐ", on=date(2024, 6, 1))
    second = services.certify(first.product_id, award, by=by)
    held = Certificate.objects.standardised()
    for day, expected in [
        (date(2022, 5, 31), []),
        (date(2023, 2, 24), [first]),
        (date(2024, 5, 31), [first]),
        (date(2024, 6, 1), [second]),
        (date(2027, 5, 31), [second]),
        (date(2027, 6, 1), []),
    ]:
        assert list(held.in_force(day)) == expected
    first.refresh_from_db()
    assert (first.decided_by_level, second.decided_by_level) == ("province", "district")


def test_an_award_before_one_that_is_recorded_crosses_its_dates() -> None:
    by = officer()
    row = a_certificate(by)
    for day in (DAY, DAY - timedelta(days=1)):
        with pytest.raises(DomainError) as refusal:
            services.certify(row.product_id, an_award(number="7/QĐ", on=day), by=by)
        assert refusal.value.code == "dates-cross"


def test_a_product_scored_for_five_is_potential_until_the_centre_decides() -> None:
    by = officer()
    product = a_product(by)
    row = services.certify(product.pk, an_award(evaluation=scored(product, by, 95)), by=by)
    assert row.is_potential_five
    assert services.refuse_five(row.pk, "thiếu điều kiện", by=by).is_potential_five is False
    with pytest.raises(DomainError):
        services.refuse_five(row.pk, "lần nữa", by=by)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"number": ""}, "number-required"),
        ({"reason": " "}, "reason-required"),
        ({"on": LATER}, "in-the-future"),
        ({"on": DAY - timedelta(days=1)}, "dates-cross"),
    ],
)
def test_a_revocation_needs_day_number_and_reason(changed: dict[str, Any], code: str) -> None:
    by = officer()
    row = a_certificate(by)
    fields: dict[str, Any] = {
        "on": date(2021, 1, 1),
        "number": "5/QĐ",
        "reason": "hồ sơ giả",
    } | changed
    with pytest.raises(DomainError) as refusal:
        services.revoke(row.pk, **fields, by=by)
    assert refusal.value.code == code


def test_a_revoked_certificate_holds_until_the_day_before() -> None:
    by = officer()
    row = a_certificate(by)
    services.revoke(row.pk, date(2021, 1, 1), "5/QĐ", "hồ sơ giả", by=by)
    row.refresh_from_db()
    assert row.is_revoked
    assert Certificate.objects.in_force(date(2020, 12, 31)).exists()
    assert not Certificate.objects.in_force(date(2021, 1, 1)).exists()
    with pytest.raises(DomainError) as refusal:
        services.revoke(row.pk, date(2021, 1, 2), "6/QĐ", "lần nữa", by=by)
    assert refusal.value.code == "ended"


def test_a_notice_is_produced_in_vietnamese_and_recorded() -> None:
    by = officer()
    row = a_certificate(by)
    letter = Letter("15/TB-UBND", date(2023, 8, 20))
    notice = services.notify(row.pk, letter, by=by)
    assert "30/09/2023" in notice.text
    assert row.product.name in notice.text
    with pytest.raises(DomainError) as refusal:
        services.notify(row.pk, letter, by=by)
    assert refusal.value.code == "number-taken"


def test_a_district_officer_records_only_what_her_district_decides() -> None:
    by = officer()
    product = a_product(by)
    hers = UserFactory(roles={"officer": DistrictFactory()})
    day = date(2024, 1, 1)
    services.certify(product.pk, an_award(stars=3, level=Level.DISTRICT, on=day), by=hers)
    with pytest.raises(DomainError) as refusal:
        services.certify(product.pk, an_award(on=date(2025, 1, 1), number="8/QĐ"), by=hers)
    assert refusal.value.code == "not-allowed"
