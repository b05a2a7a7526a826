"""Recording a decision: what is written, and every sentence that refuses it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from communes.models import AdministrativeUnit, StaleUnit, Succession
from criteria.models import Recognition
from criteria.services.recognitions import recognise
from ntm_portal.accounts.models import User
from ntm_portal.lib.errors import DomainError
from tests.criteria.recognitions.rows import DAY, decision, outcome
from tests.factories import DistrictFactory, RecognitionFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
PROVINCE_DECIDES = (
    "On 1 Oct 2020, this was decided by: Chairman of the People's Committee of the province."
)
PDF = b"%PDF-1.7 a decision"


def refusal(unit: AdministrativeUnit, by: User, **changed: Any) -> tuple[str, str]:
    with pytest.raises(DomainError) as refused:
        recognise(unit, decision(**changed), by=by)
    return refused.value.code, str(refused.value)


def test_a_decision_is_recorded_with_its_event_and_its_mark(
    commune: AdministrativeUnit, officer: User
) -> None:
    outcome(commune)
    recognition = recognise(commune, decision(), by=officer)
    recognition.refresh_from_db()
    assert (recognition.unit, recognition.standard, recognition.standard_year) == (
        commune,
        "ntm",
        2020,
    )
    assert recognition.authority == "Chủ tịch UBND tỉnh Kon Tum"
    assert (recognition.authority_level, recognition.recorded_by) == ("province", officer)
    event = recognition.events.get()
    assert (event.kind, event.by, event.effective_on) == ("recorded", officer, DAY)
    assert event.decision_number == "12/QĐ-UBND"
    assert {item["code"]: item["verdict"] for item in event.conditions} == {
        "registered": "undetermined",
        "own-criteria": "met",
        "debt": "undetermined",
    }
    mark = StaleUnit.objects.get()
    assert (mark.unit, mark.since) == (commune, DAY)


def test_the_prime_minister_recognises_a_district(
    district: AdministrativeUnit, officer: User
) -> None:
    RecognitionFactory(unit=UnitFactory(parent=district))
    done = recognise(district, decision(authority_level="nation", number="525/QĐ-TTg"), by=officer)
    assert done.authority == "Thủ tướng Chính phủ"


def test_a_city_completes_its_task(province: AdministrativeUnit, officer: User) -> None:
    city = DistrictFactory(code="608", kind="provincial_city")
    RecognitionFactory(unit=UnitFactory(parent=city))
    paper = decision(standard="completed", authority_level="nation")
    assert recognise(city, paper, by=officer).standard == "completed"


@pytest.mark.parametrize(
    ("changed", "code", "sentence"),
    [
        ({"number": "  "}, "number-required", "Type the number of the decision."),
        (
            {"standard_year": 2021},
            "year-after-decision",
            "The year of the standard lies after the decision.",
        ),
        (
            {"authority_level": "nation"},
            "wrong-authority",
            PROVINCE_DECIDES,
        ),
        ({"authority_level": "commune"}, "wrong-authority", "Say who decided."),
        (
            {"standard": "completed"},
            "no-such-title",
            "On 1 Oct 2020, no such title could be given to Dak Pne Commune.",
        ),
        (
            {"merger_status": "acknowledged"},
            "bad-merger-status",
            "It was not formed from units that held this standard.",
        ),
        (
            {"merger_status": "inherited"},
            "bad-merger-status",
            "No decision does this: the portal works it out from the map.",
        ),
        (
            {"document": SimpleUploadedFile("decision.pdf", b"MZ a program")},
            "bad-document",
            "By its content the file is “exe”; taken are PDF, JPEG, PNG.",
        ),
    ],
)
def test_a_decision_that_cannot_be_is_refused(
    commune: AdministrativeUnit, officer: User, changed: dict[str, Any], code: str, sentence: str
) -> None:
    assert refusal(commune, officer, **changed) == (code, sentence)
    assert not Recognition.objects.exists()
    assert not StaleUnit.objects.exists()


def test_the_future_is_refused_and_today_is_not(commune: AdministrativeUnit, officer: User) -> None:
    today = timezone.localdate()
    tomorrow = today + timedelta(days=1)
    assert refusal(commune, officer, date=tomorrow) == (
        "in-the-future",
        "The date lies in the future.",
    )
    assert recognise(commune, decision(date=today), by=officer).decision_date == today


@pytest.mark.parametrize(
    ("version", "code", "sentence"),
    [
        (
            {"valid_to": DAY - timedelta(days=1)},
            "unit-abolished",
            "Old Commune was abolished; its last day was 30 Sep 2020.",
        ),
        (
            {"valid_from": DAY + timedelta(days=1)},
            "unit-not-yet",
            "Old Commune exists only from 2 Oct 2020 on.",
        ),
    ],
)
def test_the_unit_must_be_on_the_map_of_the_day(
    district: AdministrativeUnit, officer: User, version: dict[str, date], code: str, sentence: str
) -> None:
    unit = UnitFactory(parent=district, name_en="Old Commune", **version)
    assert refusal(unit, officer) == (code, sentence)


@pytest.mark.parametrize("ends", [{"valid_to": DAY}, {"valid_from": DAY}])
def test_the_first_and_the_last_day_of_a_unit_count(
    district: AdministrativeUnit, officer: User, ends: dict[str, date]
) -> None:
    assert recognise(UnitFactory(parent=district, **ends), decision(), by=officer).pk


def test_a_standard_held_already_is_refused_also_by_an_earlier_date(
    commune: AdministrativeUnit, officer: User
) -> None:
    RecognitionFactory(unit=commune, decision_number="7/QĐ", decision_date=date(2020, 10, 5))
    for day in (date(2020, 10, 6), date(2020, 10, 1)):
        assert refusal(commune, officer, date=day) == (
            "held-already",
            "It holds this standard already, by decision 7/QĐ of 5 Oct 2020.",
        )


def test_after_a_revocation_it_can_be_recognised_again(
    commune: AdministrativeUnit, officer: User
) -> None:
    row = RecognitionFactory(unit=commune, decision_date=date(2018, 1, 1), revoked_on=DAY)
    assert refusal(commune, officer, date=DAY - timedelta(days=1))[0] == "held-already"
    assert recognise(commune, decision(), by=officer).pk != row.pk


def test_a_number_recorded_before_is_refused(commune: AdministrativeUnit, officer: User) -> None:
    RecognitionFactory(
        unit=commune,
        decision_number="12/QĐ-UBND",
        decision_date=date(2018, 1, 1),
        revoked_on=date(2019, 1, 1),
    )
    assert refusal(commune, officer) == (
        "number-taken",
        "A decision of this number is recorded for this unit and standard already.",
    )


def test_failing_conditions_are_named_and_refused(
    commune: AdministrativeUnit, officer: User
) -> None:
    outcome(commune, failed=["Thu nhập"])
    code, sentence = refusal(commune, officer)
    assert code == "conditions-fail"
    assert sentence == (
        "Conditions do not hold: Meets all criteria of a new rural commune. State why it was "
        "recognised all the same, or correct the figures."
    )


def test_a_failing_share_says_how_far_it_is(district: AdministrativeUnit, officer: User) -> None:
    UnitFactory.create_batch(3, parent=district)
    code, sentence = refusal(district, officer, authority_level="nation")
    assert code == "conditions-fail"
    assert "All its communes are recognised as new rural communes (0 of 3)" in sentence


def test_an_exception_is_stored_with_what_failed(
    commune: AdministrativeUnit, officer: User
) -> None:
    outcome(commune, failed=["Thu nhập"])
    paper = decision(exception_reason=" The figures are of another year. ")
    recognition = recognise(commune, paper, by=officer)
    assert recognition.exception_reason == "The figures are of another year."
    event = recognition.events.get()
    assert event.reason == "The figures are of another year."
    assert "not_met" in {item["verdict"] for item in event.conditions}


def test_what_is_unknown_does_not_refuse(commune: AdministrativeUnit, officer: User) -> None:
    assert recognise(commune, decision(), by=officer).exception_reason == ""


def test_whoever_signs_where_nobody_knows_who_decides_is_accepted(
    commune: AdministrativeUnit, officer: User
) -> None:
    paper = decision(date=date(2026, 2, 20), standard_year=2025)
    assert recognise(commune, paper, by=officer).authority == "Chủ tịch UBND tỉnh Kon Tum"


def test_the_paper_is_kept_and_nothing_of_it_when_it_is_refused(
    commune: AdministrativeUnit, officer: User
) -> None:
    paper = decision(document=SimpleUploadedFile("../QĐ 12.pdf", PDF))
    document = recognise(commune, paper, by=officer).documents.get()
    assert (document.name, document.content_type) == ("QĐ 12.pdf", "application/pdf")
    assert (document.size_bytes, document.added_by) == (len(PDF), officer)
    with document.file.open("rb") as stored:
        assert stored.read() == PDF


def test_one_who_holds_no_province_may_not_record(
    commune: AdministrativeUnit, district: AdministrativeUnit
) -> None:
    sentence = "You may not record decisions for Dak Pne Commune."
    for by in (
        UserFactory(roles={"officer": district}),
        UserFactory(roles={"verifier": district}),
        UserFactory(),
    ):
        assert refusal(commune, by) == ("not-allowed", sentence)


def test_an_own_decision_ends_what_was_inherited(
    district: AdministrativeUnit, officer: User
) -> None:
    former = UnitFactory(parent=district, valid_to=date(2023, 12, 31))
    RecognitionFactory(unit=former)
    unit = UnitFactory(parent=district, valid_from=date(2024, 1, 1))
    Succession.objects.create(
        predecessor=former, successor=unit, kind="merge", effective_date=date(2024, 1, 1)
    )
    inherited = RecognitionFactory(
        unit=unit, decision_date=date(2024, 1, 1), merger_status="inherited"
    )
    day = date(2024, 5, 1)
    assert refusal(unit, officer, date=day)[0] == "held-already"
    own = recognise(unit, decision(date=day, merger_status="acknowledged"), by=officer)
    inherited.refresh_from_db()
    assert (own.merger_status, own.merger_rule) == ("acknowledged", "cv5424-same")
    assert (inherited.superseded_by, inherited.revoked_on, inherited.is_revoked) == (
        own,
        day,
        False,
    )
    assert inherited.events.get().kind == "superseded"
    assert list(unit.recognitions.in_force(day)) == [own]


def test_a_title_the_rule_calls_lost_cannot_be_acknowledged(
    district: AdministrativeUnit, officer: User
) -> None:
    first, second = UnitFactory.create_batch(2, parent=district, valid_to=date(2023, 12, 31))
    RecognitionFactory(unit=first)
    unit = UnitFactory(parent=district, valid_from=date(2024, 1, 1))
    for former in (first, second):
        Succession.objects.create(
            predecessor=former, successor=unit, kind="merge", effective_date=date(2024, 1, 1)
        )
    day = date(2024, 5, 1)
    assert refusal(unit, officer, date=day, merger_status="acknowledged") == (
        "bad-merger-status",
        "Not all units it was formed from held this standard: it is recognised anew.",
    )
    anew = recognise(unit, decision(date=day, merger_status="recognised_anew"), by=officer)
    assert (anew.merger_status, anew.merger_rule) == ("recognised_anew", "cv5424-mixed")


def test_acknowledging_asks_no_conditions_recognising_anew_does(
    district: AdministrativeUnit, officer: User
) -> None:
    former = UnitFactory(parent=district, valid_to=date(2023, 12, 31))
    RecognitionFactory(unit=former)
    unit = UnitFactory(parent=district, valid_from=date(2024, 1, 1))
    Succession.objects.create(
        predecessor=former, successor=unit, kind="merge", effective_date=date(2024, 1, 1)
    )
    outcome(unit, failed=["Thu nhập"], day=date(2024, 3, 31))
    day = date(2024, 5, 1)
    code, _sentence = refusal(unit, officer, date=day, merger_status="recognised_anew")
    assert code == "conditions-fail"
    assert recognise(unit, decision(date=day, merger_status="acknowledged"), by=officer).pk


@pytest.mark.parametrize("broken", ["mark_stale", "event_of", "add_document"])
def test_when_one_part_fails_nothing_remains(
    commune: AdministrativeUnit, officer: User, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    def fail(*_args: object, **_named: object) -> None:
        raise OSError(broken)

    monkeypatch.setattr(f"criteria.services.recognitions.{broken}", fail)
    paper = decision(document=SimpleUploadedFile("a.pdf", PDF))
    with pytest.raises(OSError, match=broken):
        recognise(commune, paper, by=officer)
    assert not Recognition.objects.exists()
    assert not StaleUnit.objects.exists()
