"""The text of a report: it follows from the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from criteria.models import ReportingRound
from ntm_portal.accounts.scope import Scope
from programme.models import Summary
from programme.reports import facts
from programme.reports.composing.questions import questions
from programme.reports.document import Heading, Items, Paragraph
from programme.rollup import rebuild
from tests.factories import UnitFactory
from tests.programme.reports.conftest import EVERYWHERE
from tests.programme.rows import MET, assess

if TYPE_CHECKING:
    from collections.abc import Callable

    from programme.reports.document import Document
    from programme.reports.facts import Facts

pytestmark = pytest.mark.django_db


def said(document: Document) -> str:
    """Return the running text."""
    found: list[str] = []
    for block in document.blocks:
        match block:
            case Heading(text) | Paragraph(text):
                found.append(text)
            case Items(items):
                found.extend(items)
    return "\n".join(found)


def test_the_nation_is_told_its_target_the_distance_and_where_the_pace_leads(
    composed: Callable[[str], Document],
) -> None:
    text = said(composed("VN"))
    assert "Cả nước có 0/4 xã được công nhận đạt chuẩn nông thôn mới (0,0\u00a0%)." in text
    assert "Trong 1 mục tiêu, 0 mục tiêu đã đạt, 1 mục tiêu chưa đạt." in text
    assert "25,0\u00a0%, còn cách mục tiêu 60\u00a0% là 35,0 điểm." in text
    assert "Với tốc độ hiện nay (+4,14 mỗi tháng), mục tiêu sẽ đạt" in text


def test_it_names_who_slipped_and_who_rose_with_the_criteria_that_did_it(
    composed: Callable[[str], Document],
) -> None:
    text = said(composed("62"))
    assert "1 xã đạt ít tiêu chí hơn kỳ trước, nhiều nhất là xã Mường Hoong (−1: tiêu chí" in text
    assert "1 xã đạt nhiều tiêu chí hơn kỳ trước, nhiều nhất là xã Ngọc Tụ (+2: tiêu chí" in text
    assert "1 xã không cập nhật số liệu mới trong kỳ này và kỳ trước." in text


def test_a_province_is_asked_three_questions_that_follow_from_its_figures(
    read: Callable[[str], Facts],
) -> None:
    slipped, near, unverified = questions(read("62"))
    assert slipped.startswith("1/4 xã giảm số tiêu chí đạt so với kỳ trước, trong đó có xã Mường")
    assert near.startswith("1/4 xã chỉ còn thiếu một tiêu chí, nhiều nhất là tiêu chí")
    assert unverified.startswith("1/4 xã báo cáo đạt đủ tiêu chí, mới xác minh 0 xã")


def test_where_all_is_well_there_are_three_questions_still(round_: ReportingRound) -> None:
    commune = UnitFactory(parent=UnitFactory(code="42", level="province", parent__code="VN"))
    assess(commune, round_, MET, MET, MET, verified=(MET, MET, MET))
    rebuild(round_)
    asked = questions(facts.read("42", round_.code, EVERYWHERE))
    assert len(asked) == 3


def test_one_who_may_not_read_a_place_gets_no_report_of_it(round_: ReportingRound) -> None:
    with pytest.raises(facts.NoSuchReportError):
        facts.read("62", round_.code, Scope(read=frozenset({"/VN/42/"})))


def test_the_digest_is_of_the_figures_whatever_the_language(
    read: Callable[[str], Facts], composed: Callable[[str], Document]
) -> None:
    digest = composed("62").digest
    with translation.override("en"):
        english = composed("62")
    assert english.digest == digest
    assert english.title == "REPORT"
    Summary.objects.filter(unit__code="62", basis="reported").update(certified=1)
    assert composed("62").digest != digest
    assert len(digest) == 64


def test_the_nation_has_its_provinces_in_an_annex_and_all_of_them(
    composed: Callable[[str], Document],
) -> None:
    document = composed("VN")
    table = list(document.tables)[-1]
    assert [row[0].text for row in table.rows] == ["Việt Nam", "Kon Tum"] or len(table.rows) == 2
    assert table.printed == table.rows
    assert table in document.annex


def test_an_open_round_says_that_its_figures_may_change(
    round_: ReportingRound, composed: Callable[[str], Document]
) -> None:
    assert composed("62").warning == ""
    ReportingRound.objects.filter(pk=round_.pk).update(status="open")
    assert "còn có thể thay đổi" in composed("62").warning


def test_more_communes_ask_no_more_of_the_database(round_: ReportingRound) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            facts.read("VN", round_.code, EVERYWHERE)
        return len(captured)

    few = queries()
    for _ in range(30):
        assess(UnitFactory(), round_, MET, MET, MET)
    rebuild(round_)
    assert queries() <= few
