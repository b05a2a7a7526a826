from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import engines
from django.utils import translation

from criteria.models.assessments import VerdictChoice
from criteria.scoring.verdicts import Verdict


def shown(source: str, language: str = "vi", **context: object) -> str:
    with translation.override(language):
        return str(engines["django"].from_string(source).render(context)).strip()


@pytest.mark.parametrize(
    ("source", "value", "vietnamese", "english"),
    [
        ("{{ v|number }}", Decimal("1234.5000"), "1.234,5", "1,234.5"),
        ("{{ v|number:1 }}", Decimal("62.35"), "62,4", "62.4"),
        ("{{ v|number:0 }}", 7691.6, "7.692", "7,692"),
        ("{{ v|number }}", 0, "0", "0"),
        ("{{ v|number }}", None, "–", "–"),
        ("{{ v|percent:1 }}", Decimal("62.35"), "62,4\u00a0%", "62.4%"),
        ("{{ v|percent }}", None, "–", "–"),
        ("{{ v|signed:1 }}", Decimal("2.1"), "+2,1", "+2.1"),
        ("{{ v|signed:1 }}", Decimal("-0.3"), "−0,3", "−0.3"),
        ("{{ v|signed:1 }}", Decimal("-0.04"), "0,0", "0.0"),
        ("{{ v|signed }}", None, "–", "–"),
        ("{{ v|day }}", date(2020, 12, 31), "31/12/2020", "31 Dec 2020"),
        ("{{ v|day }}", None, "–", "–"),
        ("{{ v|moment }}", None, "–", "–"),
        ("{{ v|clock }}", None, "–", "–"),
        ("{{ v|deadline }}", None, "–", "–"),
    ],
)
def test_figures_and_days_are_written_as_the_reader_does(
    source: str, value: object, vietnamese: str, english: str
) -> None:
    assert shown(source, v=value) == vietnamese
    assert shown(source, "en", v=value) == english


def test_a_moment_is_shown_in_the_time_of_viet_nam() -> None:
    late = datetime(2020, 12, 31, 18, 5, 9, tzinfo=UTC)
    assert shown("{{ v|moment }} {{ v|clock }}", v=late) == "01:05, 01/01/2021 01:05:09"
    assert shown("{{ v|day }}", "en", v=late) == "1 Jan 2021"


def test_a_deadline_says_its_weekday() -> None:
    assert shown("{{ v|deadline }}", "en", v=date(2021, 1, 15)) == "Friday, 15 Jan 2021"
    assert shown("{{ v|deadline }}", "en", v=date(2021, 1, 17)) == "Sunday, 17 Jan 2021"
    assert shown("{{ v|deadline }}", v=date(2021, 1, 15)).endswith(", 15/01/2021")


def test_every_verdict_has_a_sign_and_a_word_of_its_own() -> None:
    signs = {shown("{{ v|verdict_sign }}", v=verdict.value) for verdict in Verdict}
    words = {shown("{{ v|verdict_word }}", "en", v=verdict.value) for verdict in Verdict}
    assert len(signs) == len(words) == len(Verdict)
    assert "not met" in words


def test_the_words_of_the_verdicts_are_those_of_the_scoring() -> None:
    assert [str(verdict) for verdict in Verdict] == VerdictChoice.values


def test_only_what_nobody_has_read_carries_the_section_sign() -> None:
    assert shown("{{ v|confidence }}", v="read") == ""
    assert shown("{{ v|confidence }}", v="") == ""
    mark = shown("{{ v|confidence }}", "en", v="unconfirmed")
    assert "§" in mark
    assert "recalled, not yet confirmed" in mark
    assert "nobody here could read it" in shown("{{ v|confidence }}", "en", v="unknown")
