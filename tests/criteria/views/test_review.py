"""Sending, verifying and returning from the page."""

import pytest

from criteria.models import Assessment, Measure
from ntm_portal.accounts.models import User
from tests.criteria.views.conftest import Browser
from tests.factories import AssessmentFactory, MeasureFactory, UnitFactory, ValueFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(measure: Measure, officer: User) -> Assessment:
    assessment = AssessmentFactory(status="submitted", submitted_by=officer)
    ValueFactory(assessment=assessment, measure=measure, number=90)
    return assessment


def address(assessment: Assessment, step: str = "") -> str:
    return f"/criteria/assessments/{assessment.pk}/{step}"


@pytest.mark.parametrize(("step", "data"), [("", {"send": "1"}), ("submit/", {})])
def test_what_is_typed_is_saved_and_then_sent(
    browser: Browser,
    assessment: Assessment,
    measure: Measure,
    officer: User,
    step: str,
    data: dict[str, str],
) -> None:
    data |= {"value-5": "90", "was-5": "", "seen-5": ""}
    answer = browser(officer).post(address(assessment, step), data)
    assert answer.status_code == 302
    assessment.refresh_from_db()
    assert assessment.status == "submitted"
    assert assessment.values.get().number == 90


def test_what_is_missing_is_named_with_links_and_what_was_typed_is_saved(
    browser: Browser, assessment: Assessment, measure: Measure, officer: User
) -> None:
    other = MeasureFactory()
    data = {"value-5": "90", "was-5": "", "seen-5": "", "send": "1"}
    answer = browser(officer).post(address(assessment), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "1 value is still missing" in page
    assert f'href="#row-{other.code}"' in page
    assert assessment.values.get().number == 90
    assessment.refresh_from_db()
    assert assessment.status == "draft"


def test_a_bad_value_hinders_sending(
    browser: Browser, assessment: Assessment, measure: Measure, officer: User
) -> None:
    data = {"value-5": "140", "was-5": "", "seen-5": "", "send": "1"}
    page = browser(officer).post(address(assessment), data).content.decode()
    assert "between 0 and 100" in page
    assessment.refresh_from_db()
    assert assessment.status == "draft"


def test_while_it_is_reviewed_the_officer_reads_why_she_cannot_type(
    browser: Browser, sent: Assessment, officer: User
) -> None:
    page = browser(officer).get(address(sent)).content.decode()
    assert "is being reviewed" in page
    assert 'name="value-5"' not in page
    assert "Verify" not in page


def test_a_verifier_verifies_and_goes_on_to_the_next(
    browser: Browser, sent: Assessment, verifier: User, officer: User
) -> None:
    following = AssessmentFactory(
        unit=UnitFactory(code="99999"), status="submitted", submitted_by=officer
    )
    client = browser(verifier)
    assert f"{address(sent)}verify/" in client.get(address(sent)).content.decode()
    answer = client.post(address(sent, "verify/"))
    assert answer["Location"] == address(following)
    sent.refresh_from_db()
    assert sent.status == "verified"


def test_a_page_older_than_what_was_sent_verifies_nothing(
    browser: Browser, sent: Assessment, verifier: User
) -> None:
    page = browser(verifier).get(address(sent)).content.decode()
    assert f'name="version" value="{sent.version}"' in page
    older = {"version": str(sent.version + 1)}
    answer = browser(verifier).post(address(sent, "verify/"), older)
    assert answer.status_code == 422
    sent.refresh_from_db()
    assert sent.status == "submitted"
    answer = browser(verifier).post(address(sent, "verify/"), {"version": str(sent.version)})
    assert answer.status_code == 302


def test_a_return_reaches_the_officer_with_its_reason(
    browser: Browser, sent: Assessment, verifier: User, officer: User
) -> None:
    answer = browser(verifier).post(address(sent, "return/"), {"reason": "Thiếu biên bản"})
    assert answer["Location"] == address(sent)
    page = browser(officer).get(address(sent)).content.decode()
    assert "Thiếu biên bản" in page
    assert "Returned by verifier" in page
    assert 'name="value-5"' in page


def test_a_return_without_reason_is_refused(
    browser: Browser, sent: Assessment, verifier: User
) -> None:
    answer = browser(verifier).post(address(sent, "return/"), {"reason": " "})
    assert answer.status_code == 422
    assert "Say why you return it" in answer.content.decode()
    sent.refresh_from_db()
    assert sent.status == "submitted"
    assert 'id="reason-error">Say why you return it' in answer.content.decode(), "at the field"


def test_a_reason_that_could_not_be_used_stays_typed(
    browser: Browser, sent: Assessment, verifier: User
) -> None:
    Assessment.objects.filter(pk=sent.pk).update(status="draft")
    answer = browser(verifier).post(address(sent, "return/"), {"reason": "Thiếu biên bản"})
    assert answer.status_code == 422
    assert "Thiếu biên bản" in answer.content.decode()


@pytest.mark.parametrize("step", ["verify/", "return/"])
def test_an_officer_reviews_nothing(
    browser: Browser, sent: Assessment, officer: User, step: str
) -> None:
    answer = browser(officer).post(address(sent, step), {"reason": "x"})
    assert answer.status_code == 403
    sent.refresh_from_db()
    assert sent.status == "submitted"


@pytest.mark.parametrize("step", ["submit/", "verify/", "return/"])
def test_steps_are_only_posted(
    browser: Browser, sent: Assessment, verifier: User, step: str
) -> None:
    assert browser(verifier).get(address(sent, step)).status_code == 405
