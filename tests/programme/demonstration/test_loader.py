"""The demonstration as it stands in the database: whole, marked, the same from the same seed."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from decimal import Decimal

import pytest

from communes.models import AdministrativeUnit, StaleUnit
from cooperatives.models import Cooperative, YearlyReturn
from criteria.assessment import rejudge
from criteria.models import (
    Assessment,
    AssessmentEvent,
    CriterionVerdict,
    IndicatorValue,
    Measure,
    Outcome,
    Recognition,
    ReportingRound,
    Threshold,
    ValueChange,
)
from criteria.models.assessments import Basis
from ocop.models import Certificate, Producer, Product
from programme.demonstration import loader
from programme.demonstration.orders import CannotLoadError, Order, look
from programme.models import Publication, Summary
from programme.rollup import rebuild
from tests.factories import RoundFactory
from tests.history import history_unguarded
from tests.programme.demonstration.conftest import TODAY, Run

pytestmark = pytest.mark.django_db


def digest() -> str:
    """Return a fingerprint of everything that chance decides."""
    found = hashlib.sha256()
    for rows in (
        IndicatorValue.objects.order_by(
            "assessment__round__code", "assessment__unit__code", "measure__code"
        ).values_list("measure__code", "number", "verified_number", "verdict", "is_carried"),
        Assessment.objects.order_by("round__code", "unit__code").values_list("status"),
        Recognition.objects.order_by("unit__code", "decision_number").values_list("decision_date"),
        YearlyReturn.objects.order_by(
            "cooperative__name", "cooperative__commune__code", "year"
        ).values_list("cooperative__name", "score"),
        Certificate.objects.order_by(
            "product__name", "product__commune__code", "stars", "valid_from"
        ).values_list("product__name", "stars", "valid_from"),
    ):
        for row in rows:
            found.update(repr(row).encode())
    return found.hexdigest()


def judged() -> list[tuple[object, ...]]:
    """Return every verdict and outcome that is stored."""
    values = IndicatorValue.objects.order_by("pk").values_list(
        "pk", "verdict", "threshold_id", "distance"
    )
    outcomes = Outcome.objects.order_by("pk").values_list()
    criteria = CriterionVerdict.objects.order_by("outcome_id", "criterion_id").values_list(
        "outcome_id", "criterion_id", "verdict"
    )
    return [*values, *outcomes, *criteria]


def test_every_commune_has_every_measure_in_every_round(run: Run) -> None:
    run()
    communes, measures = 22, Measure.objects.count()
    assert measures == 50
    for round_ in ReportingRound.objects.all():
        values = IndicatorValue.objects.filter(assessment__round=round_)
        assert values.count() == communes * measures, round_.code
        assert round_.is_demonstration


def test_the_rounds_that_are_over_are_published_and_the_last_one_waits_for_work(run: Run) -> None:
    run()
    rounds = ReportingRound.objects.values_list("code", "reference_date", "status", "due_on")
    assert list(rounds) == [
        ("2019-Q4", date(2019, 12, 31), "published", date(2020, 1, 20)),
        ("2020-Q2", date(2020, 6, 30), "published", date(2020, 7, 20)),
        ("2020-Q4", date(2020, 12, 31), "open", TODAY + timedelta(days=12)),
    ]


def test_what_is_written_is_what_judging_anew_gives(run: Run) -> None:
    run()
    before = judged()
    ReportingRound.objects.update(status="closed")  # a published one is not judged anew
    for round_ in ReportingRound.objects.all():
        assessments = round_.assessments.all()
        rejudge(assessments.values_list("pk", flat=True))
        verified = assessments.filter(verified_at__isnull=False)
        rejudge(verified.values_list("pk", flat=True), bases=tuple(Basis))
    assert judged() == before
    assert (
        Outcome.objects.filter(basis=Basis.VERIFIED).count()
        == Assessment.objects.filter(verified_at__isnull=False).count()
    )


def test_the_figures_are_added_up_and_nothing_is_owed(run: Run) -> None:
    run()
    assert not StaleUnit.objects.exists()
    kept = [field.name for field in Summary._meta.fields if field.name not in {"id", "computed_at"}]
    before = list(Summary.objects.order_by("pk").values_list(*kept))
    for round_ in ReportingRound.objects.all():
        rebuild(round_)
    assert list(Summary.objects.order_by("pk").values_list(*kept)) == before
    nation = Summary.objects.get(unit__code="VN", round__code="2020-Q4", basis=Basis.REPORTED)
    assert nation.communes == nation.assessed == 22
    assert nation.certified > 0


def test_a_second_run_has_nothing_to_do(run: Run) -> None:
    assert run()
    before = digest()
    assert not run()
    assert not run("62")
    assert digest() == before


def test_the_same_seed_gives_the_same_figures_and_another_gives_others(run: Run) -> None:
    run("42")
    first = digest()
    wipe()
    run("42", seed=1980, today=TODAY + timedelta(days=40))
    assert digest() == first
    wipe()
    run("42", seed=7)
    assert digest() != first


def wipe() -> None:
    """Take away all that is demonstration, so that it can be loaded anew."""
    ReportingRound.objects.update(status="closed")  # nothing of a published one can be taken
    Publication.objects.all().delete()
    Certificate.objects.update(superseded_by=None)  # an award protects the one that ended it
    for model in (
        ValueChange,
        IndicatorValue,
        Assessment,
        Recognition,
        Certificate,
        Product,
        Producer,
        Cooperative,
        ReportingRound,
    ):
        with history_unguarded():
            model.objects.all().delete()
    Threshold.objects.filter(is_demonstration=True).delete()


def test_a_province_is_the_same_alone_and_with_others(run: Run) -> None:
    run("42")
    alone = digest()
    run()
    others = AdministrativeUnit.objects.filter(path__startswith="/VN/62/")
    ReportingRound.objects.update(status="closed")  # nothing of a published one can be taken
    with history_unguarded():
        Assessment.objects.filter(unit__in=others).delete()
    Recognition.objects.filter(unit__in=others).delete()
    held = Certificate.objects.filter(product__commune__in=others)
    held.update(superseded_by=None)
    held.delete()
    Product.objects.filter(commune__in=others).delete()
    Producer.objects.filter(commune__in=others).delete()
    Cooperative.objects.filter(commune__in=others).delete()
    assert digest() == alone


def test_a_load_that_was_killed_is_gone_on_with(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("programme.demonstration.ocop.make_ocop", killed)
        with pytest.raises(KeyboardInterrupt):
            run()
    assert not Assessment.objects.exists()
    assert not Cooperative.objects.exists()
    with monkeypatch.context() as patch:
        patch.setattr(loader, "finish", killed)
        with pytest.raises(KeyboardInterrupt):
            run()
    assert ReportingRound.objects.filter(status="published").count() == 0
    assert StaleUnit.objects.exists()
    assert run()
    assert ReportingRound.objects.filter(status="published").count() == 2
    assert Assessment.objects.count() == 3 * 22
    assert not run()


def test_provinces_can_be_added_one_by_one(run: Run) -> None:
    run("62")
    assert Assessment.objects.count() == 3 * 17
    assert run("42")
    assert Assessment.objects.count() == 3 * 22
    assert ReportingRound.objects.filter(status="published").count() == 2


def test_it_is_refused_beside_real_rounds(run: Run) -> None:
    RoundFactory()
    with pytest.raises(CannotLoadError, match="real rounds"):
        run()


def test_it_is_refused_without_a_map(db: None) -> None:
    with pytest.raises(CannotLoadError, match="load_map"):
        look(Order(today=TODAY))


def test_an_unknown_province_is_named(run: Run) -> None:
    with pytest.raises(CannotLoadError, match="99"):
        run("99")


def test_another_seed_is_refused_once_begun(run: Run) -> None:
    run("62", seed=5)
    with pytest.raises(CannotLoadError, match="--seed 5"):
        run("42", seed=6)
    assert run("42")


def test_nothing_is_added_to_a_round_that_people_closed(run: Run) -> None:
    run("62")
    ReportingRound.objects.filter(code="2020-Q4").update(status="closed")
    with pytest.raises(CannotLoadError, match="2020-Q4"):
        run("42")


def test_everything_invented_says_so(run: Run) -> None:
    run()
    for model in (Cooperative, Producer, Product, Certificate, Recognition, ReportingRound):
        assert model.objects.exists()
        assert not model.objects.filter(is_demonstration=False).exists(), model
    for number in Recognition.objects.values_list("decision_number", flat=True):
        assert number.startswith("MINH HỌA-")


def test_every_value_says_who_and_when_and_every_typed_one_has_its_change(run: Run) -> None:
    run()
    assert not IndicatorValue.objects.filter(updated_by=None).exists()
    typed = IndicatorValue.objects.filter(is_carried=False)
    assert ValueChange.objects.count() == typed.count()
    assert not typed.exclude(changes__isnull=False).exists()
    for value in typed.prefetch_related("changes").order_by("?")[:50]:
        change = value.changes.get()
        assert (change.version, change.new_number) == (value.version, value.number)
        assert change.channel == ValueChange.Channel.DEMONSTRATION


def test_every_status_was_come_to_by_events_of_people(run: Run) -> None:
    run()
    for assessment in Assessment.objects.prefetch_related("events__by"):
        events = list(assessment.events.all())
        assert events[0].from_status == ""
        assert [event.to_status for event in events[:-1]] == [
            event.from_status for event in events[1:]
        ]
        assert events[-1].to_status == assessment.status
        assert [event.at for event in events] == sorted(event.at for event in events)
    returned = AssessmentEvent.objects.filter(to_status="returned")
    assert returned.exists()
    assert not returned.filter(reason="").exists()
    assert set(
        returned.filter(assessment__unit__path__startswith="/VN/62/").values_list(
            "by__username", flat=True
        )
    ) == {"verifier"}


def test_what_is_sent_is_complete(run: Run) -> None:
    run()
    sent = Assessment.objects.filter(status__in=["submitted", "verified"])
    assert sent.exists()
    assert not IndicatorValue.objects.filter(assessment__in=sent, number=None).exists()


def test_the_law_of_the_nation_is_not_touched(run: Run, country: None) -> None:
    before = list(Threshold.objects.order_by("pk").values_list())
    run()
    assert (
        list(Threshold.objects.filter(is_demonstration=False).order_by("pk").values_list())
        == before
    )


def test_levels_are_added_only_where_nothing_settles_them(run: Run) -> None:
    run()
    added = Threshold.objects.filter(is_demonstration=True)
    assert not added.exclude(confidence="unconfirmed").exists()
    assert not added.exclude(legal_ref__startswith="Minh họa (demonstration)").exists()
    delegated = {"2.1", "2.2", "2.3", "2.4", "6.1", "6.2", "7"}
    codes = {
        code: set(added.filter(province_code=code).values_list("measure__code", flat=True))
        for code in ("42", "62")
    }
    assert codes["62"] == delegated | {"17.5"}
    assert codes["42"] == delegated | {"17.4", "17.5", "17.7"}
    answers = added.filter(measure__kind="yes_no").values_list("value", flat=True)
    assert set(answers) == {Decimal(1)}


def test_kon_tum_shows_what_is_undetermined(run: Run) -> None:
    run()
    burial = IndicatorValue.objects.filter(measure__code="17.4")
    of_kon_tum = burial.filter(assessment__unit__path__startswith="/VN/62/")
    assert set(of_kon_tum.values_list("verdict", flat=True)) == {"undetermined"}
    elsewhere = burial.filter(assessment__unit__path__startswith="/VN/42/")
    assert "undetermined" not in set(elsewhere.values_list("verdict", flat=True))
