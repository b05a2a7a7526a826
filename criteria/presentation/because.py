"""The answer to "why?" in a sentence: one for every verdict and the reason behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from criteria.scoring.judgements import Reason
from criteria.scoring.verdicts import Verdict

if TYPE_CHECKING:
    from criteria.models import Measure
    from criteria.scoring.judgements import Judgement


def because_text(measure: Measure, judgement: Judgement, province: str) -> str:
    """Say why the verdict is this one and, where something is owed, who owes it."""
    if judgement.reason is Reason.NOT_ASSESSED and measure.not_assessed_when:
        stated = _("It was stated as not assessed, which the law allows: %(when)s.")
        return stated % {"when": measure.not_assessed_when.rstrip(".")}
    if judgement.reason is Reason.PROVINCE_HAS_NOT_SET:
        owed = _(
            "The law leaves this level to the province. %(province)s has not set it; "
            "its officers enter it with the decision."
        )
        return owed % {"province": province}
    return _reasons().get(judgement.reason) or _by_comparison(judgement.verdict)


def _reasons() -> dict[Reason, str]:
    return {
        Reason.NOTHING_TYPED: _("Nothing is typed; it is judged once an officer types a value."),
        Reason.MINISTRY_HAS_NOT_SET: _(
            "The law leaves this level to the ministry, and no level that it set is known here."
        ),
        Reason.THRESHOLD_UNKNOWN: _(
            "The law states a level that nobody here could read; an administrator confirms it "
            "with the reference."
        ),
        Reason.FACT_UNKNOWN: _(
            "Which level applies depends on a fact that is not known of this commune, or what "
            "is typed contradicts itself."
        ),
        Reason.INCOMPLETE: _("Not all that the law asks here could be read."),
        Reason.NOT_ASSESSED: _("It was stated as not assessed."),
        Reason.DOES_NOT_APPLY: _("The law does not ask this of this commune."),
    }


def _by_comparison(verdict: Verdict) -> str:
    if verdict is Verdict.MET:
        return _("The value reaches what is asked.")
    return _("The value does not reach what is asked.")
