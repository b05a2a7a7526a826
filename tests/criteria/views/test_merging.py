"""A merged unit is reviewed and assessed from what its former units last reported."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communes.models import AdministrativeUnit, Succession
from criteria.merging import rules
from criteria.models import (
    Assessment,
    FormerSize,
    IndicatorValue,
    Measure,
    RuleConfirmation,
    ValueChange,
)
from criteria.recognition import law
from criteria.scoring.merging import Merging
from criteria.services import open_round
from ntm_portal.accounts.models import User
from tests.factories import (
    AssessmentFactory,
    CriteriaSetFactory,
    CriterionFactory,
    MeasureFactory,
    NationFactory,
    ProvinceFactory,
    RoundFactory,
    ThresholdFactory,
    UnitFactory,
    UserFactory,
    ValueFactory,
)

pytestmark = pytest.mark.django_db
LAST, FIRST, DAY = date(2025, 6, 30), date(2025, 7, 1), date(2025, 12, 31)


def forming(new: AdministrativeUnit, *old: AdministrativeUnit, kind: str = "merge") -> None:
    for unit in old:
        Succession.objects.create(predecessor=unit, successor=new, kind=kind, effective_date=FIRST)


@pytest.fixture
def measures(monkeypatch: pytest.MonkeyPatch) -> list[Measure]:
    """A mean by population, a count, what all must meet, and what is assessed anew."""
    CriteriaSetFactory(indicators_total=4)
    found: list[Measure] = []
    for position, (kind, comparator) in enumerate(
        [("amount", ">="), ("count", "="), ("yes_no", "yes"), ("yes_no", "yes")]
    ):
        criterion = CriterionFactory(code=str(position + 1), position=position)
        measure = MeasureFactory(
            criterion=criterion, code=f"m{position + 1}", kind=kind, comparator=comparator
        )
        ThresholdFactory(measure=measure, value=[40, 5, 1, 1][position])
        found.append(measure)
    kinds = [Merging.MEAN_POPULATION, Merging.SUM, Merging.ALL, Merging.ANEW]
    known = {
        measure.code: rules.MergingRule(
            kind, "Vì sao", "Why", "", "nguồn", "unconfirmed", f"merging.test.{measure.code}"
        )
        for measure, kind in zip(found, kinds, strict=True)
    }
    for module in ("criteria.merging.proposals", "criteria.presentation.merging"):
        monkeypatch.setattr(f"{module}.rules_of", lambda _code: known)
    return found


@pytest.fixture
def merged(measures: list[Measure]) -> Assessment:
    """A commune of another province's successor, formed from two that reported."""
    nation = NationFactory()
    kon_tum = ProvinceFactory(parent=nation, valid_to=LAST)
    quang_ngai = ProvinceFactory(code="51", name="Tỉnh Quảng Ngãi", parent=nation)
    old = [UnitFactory(parent=kon_tum, valid_to=LAST) for _ in range(2)]
    new = UnitFactory(code="23326", name="Xã Ia Chim", parent=quang_ngai, valid_from=FIRST)
    UnitFactory(parent=quang_ngai)  # was there before, and is no matter of the review
    forming(new, *old)
    earlier = RoundFactory(code="2023-Q4", reference_date=date(2023, 12, 31), status="published")
    for unit, numbers in zip(old, ([40, 2, 1, 1], [50, 3, 1, 1]), strict=True):
        item = AssessmentFactory(unit=unit, round=earlier, status="verified")
        for measure, number in zip(measures, numbers, strict=True):
            ValueFactory(assessment=item, measure=measure, number=number, verdict="met")
    administrator = UserFactory(roles={"administrator": nation})
    open_round("2025-Q4", reference_date=DAY, opens_on=DAY, due_on=DAY, by=administrator)
    return Assessment.objects.get(unit=new)


@pytest.fixture
def officer(merged: Assessment, client_of: Callable[[User], Client]) -> Client:
    client = client_of(UserFactory(roles={"officer": AdministrativeUnit.objects.get(code="51")}))
    client.cookies["language"] = "en"
    return client


def address(merged: Assessment) -> str:
    return f"/criteria/assessments/{merged.pk}/merger/"


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def standing(merged: Assessment) -> dict[str, tuple[Decimal | None, bool, str]]:
    values = merged.values.select_related("measure")
    return {item.measure.code: (item.number, item.is_carried, item.verdict) for item in values}


def test_proposals_stand_beside_their_sources(officer: Client, merged: Assessment) -> None:
    page = text(officer, address(merged))
    assert "2 proposals not yet in the form" in page  # the mean waits for the people
    assert "mean by population § recalled, not yet confirmed : state the people" in page
    assert "last values of round 2023-Q4" in page
    assert page.count("✓ met") == 8
    assert not IndicatorValue.objects.filter(assessment=merged).exists()


def test_the_review_says_whether_a_rule_is_confirmed_and_by_whom(
    officer: Client, merged: Assessment, client_of: Callable[[User], Client]
) -> None:
    assert text(officer, address(merged)).count("Rule not confirmed") == 4
    assert "/rules/merging.test.m1/confirm/" not in officer.get(address(merged)).content.decode()
    reader = UserFactory(
        first_name="Trần Quản", roles={"administrator": AdministrativeUnit.objects.get(code="VN")}
    )
    page = client_of(reader).get(address(merged)).content.decode()
    assert "/criteria/recognitions/rules/merging.test.m1/confirm/" in page
    RuleConfirmation.objects.create(
        key="merging.test.m1",
        by=reader,
        old_confidence="unconfirmed",
        legal_ref="TT 1, Điều 2",
        source="trang 3",
    )
    page = text(officer, address(merged))
    assert page.count("Confirmed by Trần Quản") == 1
    assert page.count("Rule not confirmed") == 3
    assert "mean by population: state the people" in page.replace(" :", ":")


def test_an_administrator_confirms_a_shipped_rule_with_its_reference(
    client_of: Callable[[User], Client],
) -> None:
    key = "merging.commune-2016-2020.sum"
    client = client_of(UserFactory(roles={"administrator": NationFactory()}))
    client.cookies["language"] = "en"
    assert "A count: added up" in text(client, "/criteria/recognitions/rules/")
    reference = {"legal_ref": "TT 1, Điều 2", "source": "trang 3"}
    confirm = f"/criteria/recognitions/rules/{key}/confirm/"
    assert "Values of merged units" in text(client, confirm)
    assert client.post(confirm, reference).status_code == 302
    found = law.fact(key)
    assert found
    assert (found.confidence, found.legal_ref) == ("read", "TT 1, Điều 2")
    assert "This rule is confirmed already." in text(client, confirm)


def test_sizes_are_stated_put_into_the_form_and_confirmed(
    officer: Client, merged: Assessment
) -> None:
    formers = list(Succession.objects.values_list("predecessor__code", flat=True))
    sizes = {f"people-{formers[0]}": "3000", f"people-{formers[1]}": "1000"}
    assert officer.post(address(merged), {**sizes, "sizes": "1"}).status_code == 302
    assert FormerSize.objects.get(code=formers[0]).population == 3000
    assert "3000" in merged.events.last().reason  # type: ignore[union-attr]  # it was written
    officer.post(address(merged), {"take": "all"})
    taken = {
        "m1": (Decimal("42.5000"), True, "met"),
        "m2": (Decimal(5), True, "met"),
        "m3": (Decimal(1), True, "met"),
    }
    assert standing(merged) == taken
    seen = {"was-m1": "42.5", "seen-m1": "1", "value-m1": "43", "value-m4": "1", "seen-m4": ""}
    officer.post(address(merged), seen)
    assert standing(merged)["m1"] == (Decimal(43), False, "met")
    officer.post(address(merged), {"confirm": "all"})
    assert not any(marked for _number, marked, _verdict in standing(merged).values())
    channels = ValueChange.objects.filter(value__assessment=merged).values_list("channel")
    assert set(channels) == {("merger",)}
    assert merged.outcomes.get(basis="reported").meets_all
    former = IndicatorValue.objects.exclude(assessment=merged)
    assert former.count() == 8  # nothing of the former units is deleted


def test_it_can_be_sent_and_verified_then(
    officer: Client, merged: Assessment, client_of: Callable[[User], Client]
) -> None:
    officer.post(address(merged), {"take": "all"})
    officer.post(address(merged), {"value-m1": "45", "value-m4": "1"})
    officer.post(f"/criteria/assessments/{merged.pk}/submit/")
    assert "sent" in text(officer, "/criteria/rounds/2025-Q4/merged/")
    province = AdministrativeUnit.objects.get(code="51")
    verifier = client_of(UserFactory(roles={"verifier": province}))
    verifier.post(f"/criteria/assessments/{merged.pk}/verify/")
    merged.refresh_from_db()
    assert merged.status == "verified"


def test_a_number_that_is_none_keeps_what_was_typed(officer: Client, merged: Assessment) -> None:
    answer = officer.post(address(merged), {"value-m1": "much"})
    assert answer.status_code == 422
    assert 'value="much"' in answer.content.decode()
    answer = officer.post(address(merged), {"sizes": "1", "people-0": "0"})
    assert answer.status_code == 302  # an unknown field states nothing


def test_the_list_counts_by_province_and_leads_to_the_review(
    officer: Client, merged: Assessment
) -> None:
    page = text(officer, "/criteria/rounds/2025-Q4/merged/")
    assert re.search(r"Province 1 1 0 0 0 0 1 ", page)
    assert "Thu 23326 Commune" in page
    officer.post(address(merged), {"take": "all"})
    assert re.search(r"Province 1 0 1 0 0 0 1 ", text(officer, "/criteria/rounds/2025-Q4/merged/"))
    found = text(officer, "/criteria/rounds/2025-Q4/merged/?state=untouched")
    assert "No commune here stands so" in found
    worklist = officer.get("/criteria/rounds/2025-Q4/").content.decode()
    assert "/criteria/rounds/2025-Q4/merged/" in worklist
    assert address(merged) in officer.get(f"/criteria/assessments/{merged.pk}/").content.decode()


def test_what_lies_outside_or_was_not_merged_is_not_found(
    officer: Client, merged: Assessment, client_of: Callable[[User], Client]
) -> None:
    other = Assessment.objects.filter(round=merged.round).exclude(pk=merged.pk).get()
    text(officer, address(other), 404)
    elsewhere = UserFactory(roles={"officer": ProvinceFactory(code="42")})
    text(client_of(elsewhere), address(merged), 404)


def test_who_only_reads_may_take_nothing_over(
    merged: Assessment, client_of: Callable[[User], Client]
) -> None:
    reader = client_of(UserFactory(roles={"committee": NationFactory()}))
    assert reader.get(address(merged)).status_code == 200
    assert reader.post(address(merged), {"take": "all"}).status_code == 422
    assert not merged.values.exists()


def test_more_former_units_need_no_more_queries(officer: Client, merged: Assessment) -> None:
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            officer.get(address(merged))
        counts.append(len(queries))
        forming(merged.unit, *(UnitFactory(valid_to=LAST) for _ in range(6)), kind="split")
    assert counts[0] == counts[1]
