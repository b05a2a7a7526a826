"""What the answers say: the threshold that was used, the rule behind it, and what decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from criteria.scoring.axes import axes_text
from criteria.scoring.judgements import Judgement, Reason, SetJudgement
from criteria.scoring.plans import UNCONFIRMED
from criteria.scoring.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from criteria.scoring.specs import CriterionSpec, IndicatorSpec, MeasureSpec, SetSpec
    from criteria.scoring.thresholds import Place

APART = " | "
# What keeps a criterion or a set from being met, in the order in which it counts.
LEFT = (Verdict.NOT_MET, Verdict.MISSING, Verdict.UNDETERMINED)
HOLDS = {Verdict.MET, Verdict.NOT_APPLICABLE}


def indicator_words(
    indicator: IndicatorSpec, judgement: SetJudgement, spec: SetSpec, place: Place
) -> tuple[str, str]:
    """Return the threshold of an indicator and its rule; of its parts each, where they differ.

    Parts that are not asked here are passed over, unless none is asked.
    """
    judged = [(item, judgement.measures[item.id]) for item in indicator.measures]
    asked = [pair for pair in judged if pair[1].verdict is not Verdict.NOT_APPLICABLE] or judged
    words = [
        (
            measure.code.removeprefix(indicator.code),
            _threshold(measure, found),
            _rule(found, spec, place),
        )
        for measure, found in asked
    ]
    return (
        _joined([(part, threshold) for part, threshold, _ in words], "=", ";"),
        _joined([(part, rule) for part, _, rule in words], ": ", "; "),
    )


def criterion_words(criterion: CriterionSpec, judgement: SetJudgement) -> str:
    """Say which indicators decide a criterion that is not met."""
    verdicts = {item.code: judgement.indicators[item.id] for item in criterion.indicators}
    left = _by_verdict(verdicts)
    return APART.join([*left, *([] if criterion.is_complete else [Reason.INCOMPLETE.value])])


def set_words(spec: SetSpec, judgement: SetJudgement) -> str:
    """Say how many criteria are met, and which are left."""
    verdicts = {item.code: judgement.criteria[item.id] for item in spec.criteria}
    met = f"{judgement.count(Verdict.MET)} of {len(spec.criteria)} met"
    incomplete = [] if spec.is_complete else [Reason.INCOMPLETE.value]
    return APART.join([met, *_by_verdict(verdicts), *incomplete])


def plain(number: Decimal) -> str:
    """Return a number as programs read it: a dot, no trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _threshold(measure: MeasureSpec, judged: Judgement) -> str:
    value = judged.rule.value if judged.rule else None
    if value is None:
        return ""
    if measure.kind == "yes_no":
        return "yes" if value else "no"
    return plain(value)


def _rule(judged: Judgement, spec: SetSpec, place: Place) -> str:
    rule = judged.rule
    words: list[str] = []
    if rule is not None:
        words += [axes_text(rule), rule.legal_ref]
        override = spec.region_override
        if rule.region_code and rule.region_code != place.region_code and override:
            own = place.region_code or "unknown"
            words.append(f"instead of region:{own} by {override.legal_ref}")
        if rule.confidence == UNCONFIRMED:
            words.append(UNCONFIRMED)
    if judged.reason not in {Reason.NONE, Reason.NOTHING_TYPED}:
        words.append(judged.reason.value)
    return APART.join(words)


def _joined(words: Sequence[tuple[str, str]], colon: str, comma: str) -> str:
    """Return what all parts say alike once, else what each says."""
    said = {text for _part, text in words}
    if len(said) <= 1:
        return next(iter(said), "")
    return comma.join(f"{part}{colon}{text}" for part, text in words)


def _by_verdict(verdicts: dict[str, Verdict]) -> list[str]:
    found = {
        verdict: [code for code, own in verdicts.items() if own is verdict] for verdict in LEFT
    }
    return [f"{verdict}: {', '.join(codes)}" for verdict, codes in found.items() if codes]
