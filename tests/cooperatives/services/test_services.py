"""The register of cooperatives: its life, its yearly returns, its double entries."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from communes.models import StaleUnit
from cooperatives import services
from cooperatives.models import Cooperative, YearlyReturn
from cooperatives.services import Ending, ReturnEntry
from ntm_portal.lib.errors import DomainError
from tests.cooperatives.rows import a_cooperative, an_entry
from tests.factories import ProvinceFactory, UserFactory
from tests.ocop.rows import a_producer, officer

if TYPE_CHECKING:
    from collections.abc import Callable

    from ntm_portal.accounts.models import User

pytestmark = pytest.mark.django_db
PAPER = Ending(date(2020, 6, 1), "12/QĐ-UBND")
LATER = timezone.localdate() + timedelta(days=3)
ALL_POINTS = {
    "1": Decimal(7),
    "2": Decimal(6),
    "3": Decimal(11),
    "4": Decimal(6),
    "5": Decimal(8),
    "6": Decimal(6),
    "7": Decimal(6),
    "8": Decimal(6),
    "9": Decimal(4),
    **{str(number): Decimal(2) for number in range(10, 16)},
}


def verifier() -> User:
    return UserFactory(roles={"verifier": ProvinceFactory()})


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": ""}, "name-required"),
        ({"registered_on": LATER}, "in-the-future"),
        ({"capital_million_vnd": Decimal(-1)}, "negative-capital"),
        ({"members": 10, "women_members": 11}, "women-above-members"),
        ({"tax_code": "0100109107"}, "bad-tax-code"),
        ({"tax_code": "0100109106"}, "tax-code-taken"),
        ({"name": "htx nong nghiep DAK HA"}, "looks-double"),
    ],
)
def test_a_cooperative_that_cannot_be_is_refused(changed: dict[str, Any], code: str) -> None:
    by = officer()
    first = a_cooperative(by, tax_code="0100109106")
    with pytest.raises(DomainError) as refusal:
        services.register(an_entry(**{"name": "Khác", "commune": first.commune} | changed), by=by)
    assert refusal.value.code == code
    assert Cooperative.objects.count() == 1


def test_its_life_has_a_day_and_a_paper_for_each_turn() -> None:
    by = officer()
    row = a_cooperative(by)
    services.suspend(row.pk, PAPER, by=by)
    services.resume(row.pk, Ending(date(2020, 7, 1), "13/QĐ"), by=by)
    StaleUnit.objects.all().delete()
    services.dissolve(row.pk, Ending(date(2020, 9, 1), "14/QĐ"), by=by)
    assert StaleUnit.objects.get().since == date(2020, 9, 1)
    steps = row.steps.values_list("kind", "effective_on", "document")
    assert list(steps)[1:] == [
        ("suspended", date(2020, 6, 1), "12/QĐ-UBND"),
        ("resumed", date(2020, 7, 1), "13/QĐ"),
        ("dissolved", date(2020, 9, 1), "14/QĐ"),
    ]
    active = Cooperative.objects.active_on
    assert active(date(2020, 8, 31)).exists()
    assert not active(date(2020, 9, 1)).exists()


@pytest.mark.parametrize(
    ("do", "ending", "code"),
    [
        (services.dissolve, Ending(LATER, "1/QĐ"), "in-the-future"),
        (services.dissolve, Ending(date(2015, 3, 31), "1/QĐ"), "dates-cross"),
        (services.dissolve, Ending(date(2020, 1, 1), " "), "document-required"),
        (services.resume, PAPER, "not-suspended"),
    ],
)
def test_a_turn_that_cannot_be_is_refused(
    do: Callable[..., object], ending: Ending, code: str
) -> None:
    by = officer()
    row = a_cooperative(by)
    with pytest.raises(DomainError) as refusal:
        do(row.pk, ending, by=by)
    assert refusal.value.code == code


def test_a_merger_ends_one_and_is_told_at_the_other() -> None:
    by = officer()
    row, other = a_cooperative(by), a_cooperative(by)
    services.merge_into(row.pk, other.pk, PAPER, by=by)
    row.refresh_from_db()
    assert (row.dissolved_on, row.successor) == (PAPER.on, other)
    assert other.steps.latest("pk").kind == "absorbed"
    with pytest.raises(DomainError) as refusal:
        services.merge_into(other.pk, row.pk, PAPER, by=by)
    assert refusal.value.code == "bad-successor"


def test_points_add_up_to_the_score_and_the_rule_of_the_year_rates() -> None:
    by = officer()
    row = services.save_return(
        a_cooperative(by).pk, 2020, ReturnEntry(members=60, scores=ALL_POINTS), by=by
    )
    assert (row.score, row.rating, row.rule_code) == (Decimal(72), "fair", "tt01-2020")
    assert (row.is_effective, row.size, row.status) == (True, "", "draft")


@pytest.mark.parametrize(
    ("year", "changed", "code"),
    [
        (LATER.year + 1, {}, "bad-year"),
        (2014, {}, "bad-year"),
        (2020, {"score": Decimal("100.5")}, "bad-score"),
        (2020, {"score": Decimal(-1)}, "bad-score"),
        (2020, {"scores": ALL_POINTS | {"1": Decimal("7.5")}}, "points-1"),
        (2020, {"scores": ALL_POINTS | {"9": Decimal(-1)}}, "points-9"),
        (2020, {"scores": {"99": Decimal(1)}}, "points-99"),
        (2020, {"scores": ALL_POINTS, "score": Decimal(80)}, "sum-differs"),
        (2020, {"capital_million_vnd": Decimal(-5)}, "negative-amount"),
        (2020, {"months_stopped": 13}, "bad-months"),
        (2020, {"members": 3, "women_members": 4}, "women-above-members"),
    ],
)
def test_a_return_that_cannot_be_is_refused(year: int, changed: dict[str, Any], code: str) -> None:
    by = officer()
    row = a_cooperative(by)
    with pytest.raises(DomainError) as refusal:
        services.save_return(row.pk, year, ReturnEntry(**changed), by=by)
    assert refusal.value.code == code
    assert not YearlyReturn.objects.exists()


def test_a_return_counts_from_sending_until_it_is_given_back() -> None:
    by, judge = officer(), verifier()
    row = services.save_return(a_cooperative(by).pk, 2020, ReturnEntry(score=Decimal(80)), by=by)
    counting = YearlyReturn.objects.latest_by(date(2020, 12, 31))
    assert not counting.exists()
    services.submit_return(row.pk, by=by)
    assert counting.exists()
    with pytest.raises(DomainError):
        services.save_return(row.cooperative_id, 2020, ReturnEntry(score=Decimal(90)), by=by)
    with pytest.raises(DomainError) as refusal:
        services.verify_return(row.pk, by=by)
    assert refusal.value.code == "not-allowed"
    services.verify_return(row.pk, by=judge)
    services.give_back_return(row.pk, "thiếu biên bản", by=judge)
    assert not counting.exists()
    services.save_return(row.cooperative_id, 2020, ReturnEntry(score=Decimal(60)), by=by)
    row = services.submit_return(row.pk, by=by)
    assert (row.rating, row.is_effective, row.returned_reason) == ("average", False, "")
    kinds = list(row.cooperative.steps.values_list("kind", flat=True))
    assert kinds[1:] == [
        "return_saved",
        "return_submitted",
        "return_verified",
        "return_returned",
        "return_saved",
        "return_submitted",
    ]


def test_without_a_score_only_one_that_the_rule_leaves_out_is_sent() -> None:
    by = officer()
    old = services.save_return(a_cooperative(by).pk, 2020, ReturnEntry(), by=by)
    with pytest.raises(DomainError) as refusal:
        services.submit_return(old.pk, by=by)
    assert refusal.value.code == "score-required"
    stopped = services.save_return(a_cooperative(by).pk, 2020, ReturnEntry(months_stopped=4), by=by)
    assert services.submit_return(stopped.pk, by=by).rating == "not_rated"


def test_of_two_entries_of_one_cooperative_nothing_is_lost() -> None:
    by = officer()
    kept = a_cooperative(by, members=20)
    double = a_cooperative(by, members=30, tax_code="0100109106", registered_on=date(2014, 1, 1))
    for row, year in ((kept, 2020), (double, 2020), (double, 2019)):
        services.save_return(row.pk, year, ReturnEntry(score=Decimal(70)), by=by)
    maker = a_producer(by, cooperative=double)
    services.join_duplicate(kept.pk, double.pk, by=by)
    kept.refresh_from_db()
    double.refresh_from_db()
    maker.refresh_from_db()
    assert (kept.members, kept.tax_code, kept.registered_on) == (
        20,
        "0100109106",
        date(2014, 1, 1),
    )
    assert set(kept.returns.values_list("year", flat=True)) == {2019, 2020}
    assert list(double.returns.values_list("year", flat=True)) == [2020]
    assert (maker.cooperative, double.duplicate_of) == (kept, kept)
    assert list(Cooperative.objects.active_on(date(2021, 1, 1))) == [kept]
    assert double.steps.get(kind="duplicate").changes["members"] == ["", "30"]
