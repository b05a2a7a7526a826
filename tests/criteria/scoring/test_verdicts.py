"""How verdicts on parts make the verdict on the whole."""

import pytest

from criteria.scoring.verdicts import Verdict, combine

MET, NOT_MET, MISSING, UNDETERMINED, NOT_APPLICABLE = Verdict


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([MET, MET], MET),
        ([MET, NOT_APPLICABLE], MET),
        ([MET, UNDETERMINED], UNDETERMINED),
        ([MET, UNDETERMINED, MISSING], MISSING),
        ([MET, UNDETERMINED, MISSING, NOT_MET], NOT_MET),
        ([NOT_APPLICABLE, NOT_APPLICABLE], NOT_APPLICABLE),
        ([], NOT_APPLICABLE),
    ],
)
def test_the_verdict_on_a_whole(parts: list[Verdict], whole: Verdict) -> None:
    assert combine(parts) is whole
    assert combine(reversed(parts)) is whole
