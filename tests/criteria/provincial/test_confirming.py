"""Confirming a fact of the law: who may, what it changes, and that a file does not undo it."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

import pytest
from django.test import Client
from kombu.exceptions import OperationalError
from pytest_django import DjangoCaptureOnCommitCallbacks

from criteria.loading import SetFileError, export_set, load_set
from criteria.models import (
    IndicatorValue,
    Outcome,
    ReportingRound,
    Threshold,
    ThresholdConfirmation,
)
from criteria.services import confirming
from criteria.services.confirming import Reference, confirm, foresee_confirmation
from criteria.tasks import rejudge_open_rounds
from ntm_portal.accounts.models import User
from ntm_portal.lib.errors import DomainError
from tests.criteria.provincial.conftest import reported
from tests.factories import MeasureFactory, ThresholdFactory

pytestmark = pytest.mark.django_db
READ = Reference(Decimal(80), "QĐ 1980, 10", "phải đạt 80 %")


@pytest.fixture
def unknown() -> Threshold:
    return ThresholdFactory(measure=MeasureFactory(), value=None, confidence="unknown")


def test_an_unknown_level_is_confirmed_with_its_value(
    unknown: Threshold, administrator: User
) -> None:
    reported(unknown.measure, 70, 90)
    foreseen = foresee_confirmation(unknown, READ)
    done = confirm(unknown.pk, READ, by=administrator)
    assert (foreseen.gained, foreseen.lost, foreseen.otherwise) == (1, 0, 1)
    assert (done.gained, done.lost, done.otherwise) == (1, 0, 1)
    assert set(IndicatorValue.objects.values_list("verdict", flat=True)) == {"met", "not_met"}
    unknown.refresh_from_db()
    assert (unknown.confidence, unknown.legal_ref) == ("read", "QĐ 1980, 10")
    event = ThresholdConfirmation.objects.get()
    assert (event.by, event.old_confidence, event.old_value) == (administrator, "unknown", None)
    assert (event.value, event.source) == (Decimal(80), "phải đạt 80 %")


def test_confirming_takes_the_mark_off_the_outcomes(administrator: User) -> None:
    level = ThresholdFactory(measure=MeasureFactory(), value=80, confidence="unconfirmed")
    reported(level.measure, 90)
    assert Outcome.objects.get().rests_on_unconfirmed
    assert confirm(level.pk, READ, by=administrator).total == 0
    assert not Outcome.objects.get().rests_on_unconfirmed


@pytest.mark.parametrize("status", ["closed", "published"])
def test_rounds_that_are_not_open_never_move(
    unknown: Threshold, administrator: User, status: str
) -> None:
    reported(unknown.measure, 90)
    ReportingRound.objects.update(status=status)
    confirm(unknown.pk, READ, by=administrator)
    assert IndicatorValue.objects.get().verdict == "undetermined"


def test_many_are_judged_in_the_background_or_at_once_without_a_broker(
    unknown: Threshold,
    administrator: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    reported(unknown.measure, 90)
    refusing = patch.object(rejudge_open_rounds, "delay", side_effect=OperationalError)
    with (
        patch.object(confirming, "MOST_AT_ONCE", 0),
        patch("communes.services.ask_for_rollup"),
        refusing,
        django_capture_on_commit_callbacks(execute=True),
    ):
        confirm(unknown.pk, READ, by=administrator)
        assert IndicatorValue.objects.get().verdict == "undetermined"
    assert IndicatorValue.objects.get().verdict == "met"


def test_only_administrators_confirm_and_only_what_is_open(
    unknown: Threshold, officer: User, verifier: User, administrator: User
) -> None:
    for person in (officer, verifier):
        with pytest.raises(DomainError, match="Only administrators confirm the law"):
            confirm(unknown.pk, READ, by=person)
    invented = ThresholdFactory(confidence="unconfirmed", is_demonstration=True)
    with pytest.raises(DomainError, match="invented for the demonstration"):
        confirm(invented.pk, READ, by=administrator)
    with pytest.raises(DomainError, match="confirmed already"):
        confirm(ThresholdFactory().pk, READ, by=administrator)
    with pytest.raises(DomainError, match="Type the level as you read it"):
        confirm(unknown.pk, Reference(None, "QĐ", "x"), by=administrator)


def test_the_page_shows_first_and_writes_then(
    client_of: Callable[[User], Client], unknown: Threshold, administrator: User, officer: User
) -> None:
    reported(unknown.measure, 90)
    address = f"/criteria/thresholds/{unknown.pk}/confirm/"
    assert client_of(officer).get(address).status_code == 403
    assert client_of(officer).post(address, {"confirm": "1"}).status_code == 403
    client = client_of(administrator)
    client.cookies["language"] = "en"
    answer = client.post(address, {"value": "8o", "legal_ref": "QĐ 1", "source": ""})
    assert answer.status_code == 422
    for text in ("“8o” is not a number", "This field is required.", 'value="QĐ 1"'):
        assert text in answer.content.decode()
    typed = {"value": "80.5", "legal_ref": "QĐ 1", "source": "phải đạt"}
    assert "1 verdict: 1 gained, 0 lost" in client.post(address, typed).content.decode()
    assert not ThresholdConfirmation.objects.exists()
    answer = client.post(address, {**typed, "confirm": "1"}, follow=True)
    assert "Confirmed. Verdicts changed: 1 gained, 0 lost." in answer.content.decode()
    assert "confirmed already" in client.get(address).content.decode()


def test_a_file_does_not_undo_what_was_confirmed(tmp_path: Path, administrator: User) -> None:
    path = tmp_path / "set.json"
    path.write_text(json.dumps(law_with(None)), encoding="utf-8")
    load_set(path)
    confirm(Threshold.objects.get().pk, READ, by=administrator)
    loaded = load_set(path)
    assert loaded.changes == []
    assert Threshold.objects.get().value == 80
    assert export_set("invented-law") == path.read_text(encoding="utf-8")
    path.write_text(json.dumps(law_with(70)), encoding="utf-8")
    load_set(path)
    assert Threshold.objects.get().value == 80


def test_a_file_does_not_take_away_what_was_confirmed(tmp_path: Path, administrator: User) -> None:
    path = tmp_path / "set.json"
    path.write_text(json.dumps(law_with(None)), encoding="utf-8")
    load_set(path)
    confirm(Threshold.objects.get().pk, READ, by=administrator)
    delegated = json.dumps(law_with(None, delegated_to="province"))
    path.write_text(delegated, encoding="utf-8")
    with pytest.raises(SetFileError, match=r"is missing, but was confirmed \(QĐ 1980, 10\)"):
        load_set(path)


def law_with(national: int | None, **changes: object) -> dict[str, object]:
    """Return a set of one indicator, read where there is a level."""
    indicator: dict[str, object] = {
        "code": "1.1",
        "name_vi": "Chỉ tiêu",
        "kind": "percent",
        "unit": "%",
        "comparator": ">=",
        "national": national,
        **dict.fromkeys(("parts", "delegated_to", "guidance", "by_region", "by_group", "by_year")),
        "source": "trang 3",
        "confidence": "read",
        **changes,
    }
    criterion = {"code": "1", "name_vi": "Tiêu chí", "indicators": [indicator]}
    return {
        "code": "invented-law",
        "name_vi": "Bộ tiêu chí thử",
        "level": "commune",
        "standard": "ntm",
        "legal_basis": ["QĐ 1/QĐ-THỬ"],
        "valid_from": "2016-12-01",
        "valid_to": None,
        "groups": [{"code": "I", "name_vi": "Nhóm", "criteria": [criterion]}],
    }
