"""The five verdicts, and how verdicts on parts make the verdict on the whole."""

from collections.abc import Iterable
from enum import StrEnum


class Verdict(StrEnum):
    """What can be said of a measure, an indicator or a criterion."""

    MET = "met"
    NOT_MET = "not_met"
    MISSING = "missing"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not_applicable"


# A whole is met when every part is (QĐ 1980/QĐ-TTg; QĐ 2540/QĐ-TTg). One failed part settles
# the matter whatever the others say; then what can still be typed counts before what only the
# law can settle. A part that is not assessed does not block.
_PREVAILING = (Verdict.NOT_MET, Verdict.MISSING, Verdict.UNDETERMINED, Verdict.MET)


def combine(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict on a whole from those on its parts; no part is not applicable."""
    present = set(verdicts)
    return next((verdict for verdict in _PREVAILING if verdict in present), Verdict.NOT_APPLICABLE)
