"""A round that is over stays as it was judged, and is proved by the law of then."""

from datetime import date
from decimal import Decimal
from unittest.mock import patch

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from criteria.assessment import rejudge
from criteria.models import Assessment, IndicatorValue, KeptLaw, Measure, Outcome, Threshold
from criteria.services import close_round, publish_round, reopen_round
from criteria.services.confirming import Reference, confirm
from ntm_portal.accounts.models import User
from programme.rollup import rebuild, refresh_stale
from programme.verification.rounds import verify
from tests.factories import RoundFactory, ThresholdFactory, ValueFactory

pytestmark = pytest.mark.django_db
CORRECTED = Reference(Decimal(95), "QĐ 1980, 5", "phải đạt 95 %")


@pytest.fixture
def published(assessment: Assessment, measure: Measure, administrator: User) -> Assessment:
    """90 where 80 was recalled: met, and published so."""
    Threshold.objects.update(confidence="unconfirmed")
    ValueFactory(assessment=assessment, measure=measure, number=90)
    rejudge([assessment.pk])
    rebuild(assessment.round)
    close_round(assessment.round_id, by=administrator)
    publish_round(assessment.round_id, by=administrator)
    return Assessment.objects.get(pk=assessment.pk)


def differences(assessment: Assessment) -> list[str]:
    findings = verify([assessment.round], done=lambda _number: None)
    return [str(difference) for difference in findings.shown]


def test_a_corrected_level_leaves_a_published_round_proved(
    published: Assessment, administrator: User
) -> None:
    confirm(Threshold.objects.get().pk, CORRECTED, by=administrator)
    assert IndicatorValue.objects.get().verdict == "met"
    assert differences(published) == []


def test_a_level_that_a_province_sets_backwards_leaves_it_proved_too(
    published: Assessment, measure: Measure
) -> None:
    ThresholdFactory(measure=measure, value=99, province_code="62", valid_from=date(2019, 1, 1))
    assert differences(published) == []


def test_a_verdict_that_was_tampered_with_is_still_found(
    published: Assessment, administrator: User
) -> None:
    confirm(Threshold.objects.get().pk, CORRECTED, by=administrator)
    IndicatorValue.objects.update(verdict="not_met")
    Outcome.objects.update(criteria_met=0)
    assert len(differences(published)) == 2


def test_its_page_shows_the_level_it_was_judged_by(
    published: Assessment, administrator: User, client: Client
) -> None:
    confirm(Threshold.objects.get().pk, CORRECTED, by=administrator)
    client.force_login(administrator)
    client.cookies["language"] = "en"
    page = client.get(f"/criteria/assessments/{published.pk}/").content.decode()
    assert "at least 80" in page
    assert "at least 95" not in page


def test_opened_again_it_is_judged_by_the_law_of_now(
    published: Assessment,
    administrator: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    confirm(Threshold.objects.get().pk, CORRECTED, by=administrator)
    with (
        patch("communes.services.ask_for_rollup"),
        django_capture_on_commit_callbacks(execute=True),
    ):
        reopen_round(published.round_id, by=administrator, reason="sửa mức")
    refresh_stale()
    assert IndicatorValue.objects.get().verdict == "not_met"
    published.round.refresh_from_db()
    assert differences(published) == []


def test_a_round_that_is_closed_again_keeps_the_newer_law(
    published: Assessment, administrator: User
) -> None:
    first = KeptLaw.objects.get().law
    confirm(Threshold.objects.get().pk, CORRECTED, by=administrator)
    reopen_round(published.round_id, by=administrator, reason="sửa mức")
    close_round(published.round_id, by=administrator)
    assert KeptLaw.objects.get().law != first


def test_a_round_without_assessments_keeps_no_law(administrator: User) -> None:
    close_round(RoundFactory().pk, by=administrator)
    assert not KeptLaw.objects.exists()
