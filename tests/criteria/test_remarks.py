"""Remarks on sources: every one that is shipped can be read in Vietnamese."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.utils import translation

from criteria.loading.shipped import DATA, shipped_files
from criteria.remarks import REMARKS, remark_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

KEYS = {"source", "note"}
ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:[:/][\w/]*)?")  # of a page: no words
QUOTED = re.compile(r"'[^']*'")  # the title of an article stays as it was printed
ENGLISH = re.compile(
    r"\b(?:about|also|and|article|as|before|by|criterion|decision|decree|district|each|excerpt|"
    r"for|from|guidance|had|is|national|news|not|of|official|on|only|opening|or|page|"
    r"part|province|read|recall|recalled|regional|region|reported|reprinted|says|scan|seen|text|"
    r"that|this|until|values|was|were|with|wording|years?)\b",
    re.IGNORECASE,
)


def remarks_in(value: Any) -> Iterator[str]:  # JSON of any shape
    if isinstance(value, dict):
        for key, item in value.items():
            if key in KEYS and isinstance(item, str):
                yield item
            elif key == "legal_basis" and isinstance(item, list):
                yield from item
            else:
                yield from remarks_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from remarks_in(item)


def shipped_remarks() -> list[str]:
    targets = settings.BASE_DIR / "programme" / "data" / "targets.json"
    files = [*shipped_files(), DATA / "recognition" / "rules.json", targets]
    found = {
        text for file in files for text in remarks_in(json.loads(file.read_text(encoding="utf-8")))
    }
    return sorted(found - {""})


def vietnamese() -> dict[str, str]:
    known: dict[str, str] = json.loads((REMARKS / "vi.json").read_text(encoding="utf-8"))
    return known


def english_in(text: str) -> list[str]:
    return ENGLISH.findall(QUOTED.sub(" ", ADDRESS.sub(" ", text)))


def test_every_shipped_remark_can_be_read_in_vietnamese() -> None:
    swept = shipped_remarks()
    with translation.override("vi"):
        left = {text: english_in(remark_in_words(text)) for text in swept}

    assert {text: words for text, words in left.items() if words} == {}
    assert len(swept) > 100
    assert sum(bool(english_in(text)) for text in swept) > 40


def test_no_translation_outlives_its_remark() -> None:
    assert sorted(set(vietnamese()) - set(shipped_remarks())) == []


def test_a_translation_keeps_every_number_of_its_remark() -> None:
    for text, words in vietnamese().items():
        assert set(re.findall(r"\d+", text)) <= set(re.findall(r"\d+", words)), text


@pytest.mark.parametrize("language", ["en", "en-gb"])
def test_others_read_a_remark_as_it_was_written(language: str) -> None:
    with translation.override(language):
        assert remark_in_words("recall") == "recall"


def test_a_remark_nobody_translated_is_shown_as_it_was_written() -> None:
    with translation.override("vi"):
        assert remark_in_words("Công báo số 12") == "Công báo số 12"


def test_translations_are_no_criteria_set() -> None:
    assert REMARKS / "vi.json" not in shipped_files()
