"""Everything is worked out again, and whatever was tampered with is found."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from communes.models import AdministrativeUnit
from criteria.assessment import rejudge
from criteria.models import CriterionVerdict, IndicatorValue, Measure, Outcome, ReportingRound
from programme.models import CriterionTally, Summary
from programme.rollup import rebuild
from programme.rollup.counters import COUNTERS
from programme.verification.findings import Findings
from programme.verification.rounds import verify
from tests.factories import (
    DistrictFactory,
    NationFactory,
    ProvinceFactory,
    RecognitionFactory,
    RoundFactory,
    UnitFactory,
)
from tests.programme.rows import MET, NOT_MET, assess, cooperative, producer, product, set_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Kind = AdministrativeUnit.Kind


@pytest.fixture
def round_(db: None) -> ReportingRound:
    """A round in which every sort of thing is counted, on a map two and three levels deep."""
    set_of(3)
    round_ = RoundFactory()
    flat = ProvinceFactory(code="99", kind=Kind.CENTRAL_CITY)
    for place, parent in enumerate([DistrictFactory(), DistrictFactory(code="609"), flat] * 2):
        commune = UnitFactory(parent=parent)
        ward = UnitFactory(parent=parent, kind=Kind.WARD)
        numbers = [MET, [MET, NOT_MET, None][place % 3], MET]
        assess(commune, round_, *numbers, verified=[MET, NOT_MET, None] if place % 2 else None)
        RecognitionFactory(unit=commune, standard=["ntm", "advanced", "model"][place % 3])
        RecognitionFactory(unit=commune, decision_date=date(2021, 2, 1))
        product(commune, 3, 4)
        product(ward, 5)
        product(ward, 4, revoked_on=date(2020, 12, 31))
        producer(ward, "enterprise")
        producer(commune, "cooperative", date(2019, 5, 1))
        cooperative(ward, {2019: True, 2020: place % 2 == 0})
        cooperative(commune, {2019: True}, dissolved_on=date(2020, 6, 1))
    assess(UnitFactory(parent=flat), round_, None, None, None)
    RecognitionFactory(unit=DistrictFactory())
    RecognitionFactory(unit=ProvinceFactory())
    rebuild(round_)
    return round_


def batched(names: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Return the names, so many at a time."""
    for start in range(0, len(names), size):
        yield names[start : start + size]


def found_in(*rounds: ReportingRound) -> Findings:
    return verify(rounds, done=lambda _number: None)


def test_it_finds_nothing_where_nothing_is_wrong(round_: ReportingRound) -> None:
    findings = found_in(round_)
    assert [str(difference) for difference in findings.shown] == []
    assert findings.differing == 0


def test_it_compares_every_row_there_is(round_: ReportingRound) -> None:
    assert found_in(round_).compared == {
        "value": IndicatorValue.objects.count(),
        "outcome": Outcome.objects.count(),
        "criterion": CriterionVerdict.objects.count(),
        "summary": Summary.objects.count(),
        "tally": CriterionTally.objects.count(),
    }
    assert Summary.objects.count() == 2 * AdministrativeUnit.objects.count()


def test_what_the_law_lets_be_left_out_is_no_difference(round_: ReportingRound) -> None:
    Measure.objects.update(not_assessed_when="nơi không có chợ")
    left_out = IndicatorValue.objects.filter(number=None)
    touched = list(left_out.values_list("assessment_id", flat=True).distinct())
    left_out.update(is_not_assessed=True)
    rejudge(touched)
    rebuild(round_)
    findings = found_in(round_)
    assert [str(difference) for difference in findings.shown] == []
    assert Outcome.objects.filter(meets_all=True, assessment__in=touched).exists()


@pytest.mark.parametrize("basis", ["reported", "verified"])
def test_it_finds_each_counter_that_is_off_by_one(round_: ReportingRound, basis: str) -> None:
    rows = Summary.objects.filter(unit=NationFactory(), basis=basis)
    before = rows.values(*COUNTERS).get()
    found = set()
    for some in batched(COUNTERS, 40):  # of more than fifty only the first are shown
        rows.update(**{counter: before[counter] + 1 for counter in some})
        findings = found_in(round_)
        assert findings.differing == len(some)
        found |= {str(difference) for difference in findings.shown}
        rows.update(**before)
    assert found == {
        f"2020-Q4, Việt Nam (VN), {basis}: summary {counter} is stored as {before[counter] + 1}, "
        f"the rows give {before[counter]}"
        for counter in COUNTERS
    }


def test_it_finds_a_verdict_that_was_changed(round_: ReportingRound) -> None:
    value = IndicatorValue.objects.filter(verdict="not_met").first()
    assert value is not None
    IndicatorValue.objects.filter(pk=value.pk).update(verdict="met")
    (difference,) = found_in(round_).shown
    assert difference.what == f"value {value.measure.code}"
    assert "stored as met / " in str(difference)
    assert "the rows give not_met / " in str(difference)


@pytest.mark.parametrize(
    "changed", [{"threshold": None}, {"distance": Decimal("1.5")}, {"distance": None}]
)
def test_it_finds_a_changed_reason_of_a_verdict(
    round_: ReportingRound, changed: dict[str, Decimal | None]
) -> None:
    value = IndicatorValue.objects.filter(verdict="met").first()
    assert value is not None
    IndicatorValue.objects.filter(pk=value.pk).update(**changed)
    assert found_in(round_).differing == 1


def test_it_finds_a_criterion_whose_verdict_was_changed(round_: ReportingRound) -> None:
    verdict = CriterionVerdict.objects.filter(verdict="met", outcome__basis="verified").first()
    assert verdict is not None
    CriterionVerdict.objects.filter(pk=verdict.pk).update(verdict="missing")
    (difference,) = found_in(round_).shown
    assert (difference.what, difference.stored, difference.found) == (
        f"criterion {verdict.criterion.code}",
        "missing",
        "met",
    )


def test_it_finds_an_outcome_that_was_changed(round_: ReportingRound) -> None:
    outcome = Outcome.objects.filter(basis="reported", criteria_met__lt=3).first()
    Outcome.objects.filter(pk=outcome.pk if outcome else 0).update(meets_all=True)
    assert [difference.what for difference in found_in(round_).shown] == ["outcome meets_all"]


def test_it_finds_a_number_that_was_changed_behind_the_services(round_: ReportingRound) -> None:
    """The verdict on it, its criterion, the outcome, four summaries and the tallies differ."""
    value = IndicatorValue.objects.filter(verdict="met", assessment__unit__parent__code="608")
    IndicatorValue.objects.filter(pk=value.values("pk")[:1]).update(number=1)
    findings = found_in(round_)
    kinds = {difference.what.split()[0] for difference in findings.shown}
    assert kinds == {"value", "criterion", "outcome", "summary", "tally"}


@pytest.mark.parametrize("model", [Summary, CriterionTally, Outcome])
def test_it_finds_a_row_that_is_not_there(
    round_: ReportingRound, model: type[Summary] | type[CriterionTally] | type[Outcome]
) -> None:
    rows = {
        Summary: Summary.objects.filter(unit__code="608"),
        CriterionTally: CriterionTally.objects.filter(unit__code="608").exclude(met=0),
        Outcome: Outcome.objects.filter(basis="reported"),
    }
    chosen = rows[model].first()
    assert chosen is not None
    chosen.delete()
    findings = found_in(round_)
    kind = {Summary: "summary", CriterionTally: "tally", Outcome: "outcome"}[model]
    assert f"{kind} is stored as nothing, the rows give a row" in "\n".join(
        str(difference) for difference in findings.shown
    )


def test_it_finds_a_tally_that_is_off(round_: ReportingRound) -> None:
    tally = CriterionTally.objects.filter(unit__code="609", basis="verified").first()
    CriterionTally.objects.filter(pk=tally.pk if tally else 0).update(undetermined=4)
    (difference,) = found_in(round_).shown
    assert (difference.what, difference.stored, difference.found) == ("tally undetermined", 4, 0)


def test_it_finds_figures_of_a_unit_that_is_not_on_the_map(
    round_: ReportingRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("programme.verification.findings.SHOWN", 1_000)
    ward = AdministrativeUnit.objects.filter(kind=Kind.WARD).first()
    assert ward is not None
    Summary.objects.filter(unit=ward).update(**dict.fromkeys(["ocop_5_stars"], 0))
    AdministrativeUnit.objects.filter(pk=ward.pk).update(valid_to=date(2020, 1, 1))
    said = [str(difference) for difference in found_in(round_).shown]
    strangers = [each for each in said if ward.code in each]
    assert len(strangers) == 2
    assert "summary is stored as a row, the rows give nothing" in strangers[0]


def test_only_the_rounds_asked_for_are_verified(round_: ReportingRound) -> None:
    other = RoundFactory(code="2020-Q2", reference_date=date(2020, 6, 30))
    rebuild(other)
    Summary.objects.filter(round=other).update(communes=99)
    assert found_in(round_).differing == 0
    assert found_in(other).differing == Summary.objects.filter(round=other).count()


def test_only_the_first_differences_are_kept_and_all_are_counted(round_: ReportingRound) -> None:
    Summary.objects.update(communes=99, assessed=99)
    findings = found_in(round_)
    assert len(findings.shown) == 50
    assert findings.differing == 2 * Summary.objects.count()
