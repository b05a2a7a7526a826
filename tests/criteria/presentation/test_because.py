"""The answer to "why?": a sentence of its own for every reason a verdict can have."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.utils import translation

from criteria.models import Indicator, Measure
from criteria.presentation.because import because_text
from criteria.scoring.judgements import Judgement, Reason
from criteria.scoring.verdicts import Verdict

JUDGED = [
    Judgement(Verdict.MET, distance=Decimal(1)),
    Judgement(Verdict.NOT_MET, distance=Decimal(-1)),
    *(Judgement(Verdict.UNDETERMINED, reason=reason) for reason in Reason if reason),
]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def why(judgement: Judgement, when: str = "") -> str:
    measure = Measure(indicator=Indicator(), not_assessed_when=when)
    return because_text(measure, judgement, "Kon Tum")


def test_each_has_its_own_sentence() -> None:
    said = [why(judgement) for judgement in JUDGED]
    assert all(sentence.endswith(".") for sentence in said)
    assert len(set(said)) == len(JUDGED)


def test_a_level_that_is_owed_names_who_owes_it() -> None:
    owed = Judgement(Verdict.UNDETERMINED, reason=Reason.PROVINCE_HAS_NOT_SET)
    assert "Kon Tum has not set it" in why(owed)


def test_what_is_left_out_cites_the_words_that_allow_it() -> None:
    left_out = Judgement(Verdict.NOT_APPLICABLE, reason=Reason.NOT_ASSESSED)
    assert why(left_out, when="Xã không có làng nghề.").endswith("allows: Xã không có làng nghề.")
