"""The five verdicts, and how verdicts on parts make the verdict on the whole."""

from collections.abc import Iterable
from decimal import Decimal
from enum import Enum, StrEnum
from typing import TypeAlias


class Verdict(StrEnum):
    """What can be said of a measure, an indicator or a criterion."""

    MET = "met"
    NOT_MET = "not_met"
    MISSING = "missing"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not_applicable"


class NotAssessed(Enum):
    """What stands in the place of a number where the law lets an indicator be left out."""

    NOT_ASSESSED = "na"


NOT_ASSESSED = NotAssessed.NOT_ASSESSED
# What can stand for a measure: a number, that it is left out, or nothing.
Typed: TypeAlias = Decimal | NotAssessed | None

# A whole is met when every part is (QĐ 1980/QĐ-TTg; QĐ 2540/QĐ-TTg). One failed part settles
# the matter whatever the others say; then what can still be typed counts before what only the
# law can settle. A part that is not assessed does not block.
_PREVAILING = (Verdict.NOT_MET, Verdict.MISSING, Verdict.UNDETERMINED, Verdict.MET)
# What a whole cannot be as long as some of its parts are unknown.
_NEEDS_EVERY_PART = (Verdict.MET, Verdict.NOT_APPLICABLE)


def combine(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict on a whole from those on its parts; no part is not applicable."""
    present = set(verdicts)
    for verdict in _PREVAILING:
        if verdict in present:
            return verdict
    return Verdict.NOT_APPLICABLE


def combine_known(verdicts: Iterable[Verdict], *, is_complete: bool) -> Verdict:
    """Return the verdict on a whole of which, unless it is complete, some parts are unknown.

    A known part that fails or is missing says so; else the whole is undetermined, never met.
    """
    verdict = combine(verdicts)
    if is_complete or verdict not in _NEEDS_EVERY_PART:
        return verdict
    return Verdict.UNDETERMINED
