"""What is measured: a value saved, a roll-up, the national page, the proof of all figures."""

from __future__ import annotations

from decimal import Decimal
from io import StringIO
from typing import TYPE_CHECKING

from django.core.management import call_command
from django.test import Client

from benchmarks import plain
from benchmarks.interface import interface_works
from benchmarks.measuring import Work
from benchmarks.pages import page_works
from benchmarks.registers import register_works
from benchmarks.workbooks import workbook_works
from communes.models import StaleUnit
from criteria.models import Assessment, IndicatorValue, Measure, ReportingRound
from criteria.services import save_value
from ntm_portal.accounts.models import User
from programme.rollup import refresh_stale

if TYPE_CHECKING:
    from collections.abc import Iterator

OFFICERS_PATH = "/VN/62/"
PLACES = "unit__parent__parent__parent", "round"


def works() -> Iterator[Work]:
    """Yield all that is measured, the quick ones first."""
    yield saved_value()
    yield rolled_up_commune()
    yield national_page()
    yield from interface_works()
    yield from page_works()
    yield from register_works()
    yield from workbook_works()
    yield verification()


def saved_value() -> Work:
    """Type a percentage as an officer; bare: the rows that change, in one transaction."""
    by = User.objects.get(username="officer")
    values = IndicatorValue.objects.select_related("measure__indicator", "assessment__round")
    pk = values.filter(
        assessment=_assessment(), measure__kind=Measure.Kind.PERCENT, number__isnull=False
    )[0].pk
    value = values.get(pk=pk)

    def number() -> Decimal:
        return Decimal(60 if value.number == 40 else 40)

    return Work(
        "a value saved and judged",
        40,
        lambda: value.refresh_from_db(fields=["number", "version"]),
        lambda: save_value(
            value.assessment_id, value.measure.code, number(), seen_version=value.version, by=by
        ),
        lambda: plain.save(value, number(), by.pk),
    )


def rolled_up_commune() -> Work:
    """Bring one stale commune up to the nation; bare: sums over children, level by level."""
    assessment = _assessment()
    since = assessment.round.reference_date

    def owe() -> None:
        StaleUnit.objects.all().delete()
        StaleUnit.objects.create(unit=assessment.unit, since=since)

    return Work(
        "one commune rolled up to the nation",
        20,
        owe,
        refresh_stale,
        lambda: plain.roll_up(assessment),
    )


def national_page() -> Work:
    """Show the first page of the committee; bare: the rows that it shows."""
    client = Client()
    client.force_login(User.objects.get(username="committee"))
    round_ = ReportingRound.objects.get(status=ReportingRound.Status.OPEN)

    def read() -> None:
        assert client.get("/places/VN/", {"round": round_.code}).status_code == 200

    return Work("the national page", 20, _nothing, read, lambda: plain.national_rows(round_.pk))


def verification() -> Work:
    """Prove every figure from the raw values; bare: every row that takes, read once."""
    return Work(
        "every figure proved (verify_summaries)",
        2,
        refresh_stale,
        lambda: call_command("verify_summaries", stdout=StringIO()),
        plain.read_everything,
    )


def _assessment() -> Assessment:
    drafts = Assessment.objects.filter(
        round__status=ReportingRound.Status.OPEN,
        status=Assessment.Status.DRAFT,
        unit__path__startswith=OFFICERS_PATH,
    )
    return drafts.select_related(*PLACES).order_by("pk")[0]


def _nothing() -> None:
    """Arrange nothing: reading changes nothing."""
