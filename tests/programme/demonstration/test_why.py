"""Every verdict of the demonstration has an answer to "why?" on its page."""

from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import Min
from django.test import Client
from django.urls import reverse
from django.utils import translation

from criteria.loading import load_set
from criteria.models import Assessment, IndicatorValue
from criteria.presentation.loading import load_judged
from criteria.presentation.rows import ValueRow
from criteria.scoring.judgements import Reason
from criteria.scoring.verdicts import Verdict
from criteria.services.judged import judge_stored
from ntm_portal.accounts.models import User
from tests.programme.demonstration.conftest import Run

pytestmark = pytest.mark.django_db
NEXT = Path(settings.BASE_DIR) / "criteria" / "data" / "commune-2021-2025.json"
Kind = tuple[Verdict, Reason]


def of_every_kind() -> dict[Kind, tuple[int, ValueRow]]:
    """Return one value for each verdict and reason there is."""
    grouped = IndicatorValue.objects.order_by().values("measure", "verdict")
    firsts = grouped.annotate(first=Min("assessment")).values_list("first", flat=True)
    found: dict[Kind, tuple[int, ValueRow]] = {}
    for assessment in Assessment.objects.for_page().filter(pk__in=set(firsts)):
        for row in load_judged(judge_stored(assessment), {}).rows:
            found.setdefault((row.verdict, row.judgement.reason), (assessment.pk, row))
    return found


def test_the_page_says_why_for_every_verdict_and_reason(run: Run, client: Client) -> None:
    load_set(NEXT)
    run()
    client.force_login(User.objects.get(username="admin"))
    client.cookies["language"] = "vi"
    kinds = of_every_kind()
    assert {verdict for verdict, _reason in kinds} == set(Verdict)
    assert {reason for _verdict, reason in kinds} >= {
        Reason.PROVINCE_HAS_NOT_SET,
        Reason.THRESHOLD_UNKNOWN,
        Reason.NOT_ASSESSED,
        Reason.DOES_NOT_APPLY,
    }
    for pk, row in kinds.values():
        page = client.get(reverse("value-detail", args=[pk, row.code]))
        with translation.override("vi"):
            assert row.because in unescape(page.content.decode())
