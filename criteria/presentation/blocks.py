"""A criterion on the page: a heading with its verdict, and rows of measures under it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from criteria.presentation.rows import ValueRow
from criteria.scoring.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from criteria.presentation.loading import JudgedAssessment


@dataclass(frozen=True, slots=True)
class CriterionBlock:
    """A criterion as a heading with its verdict, and the rows that are shown of it."""

    code: str
    label: str
    verdict: Verdict
    verdict_text: str
    rows: tuple[ValueRow, ...]


def blocks_of(judged: JudgedAssessment, shown: Iterable[ValueRow]) -> tuple[CriterionBlock, ...]:
    """Return every criterion of the set in order, with those of its rows that are shown."""
    codes = {row.code for row in shown}
    blocks = []
    for criterion in judged.criteria:
        rows = [row for row in judged.rows if row.measure.indicator.criterion_id == criterion.pk]
        verdict = judged.judgement.criteria[criterion.pk]
        visible = tuple(row for row in rows if row.code in codes)
        text = _counted(rows, verdict)
        blocks.append(CriterionBlock(criterion.code, criterion.label, verdict, text, visible))
    return tuple(blocks)


def _counted(rows: list[ValueRow], verdict: Verdict) -> str:
    """Say how many values of a criterion fail or lack; empty where its verdict is enough."""
    if len(rows) == 1 or verdict not in {Verdict.NOT_MET, Verdict.MISSING}:
        return ""
    failed = sum(1 for row in rows if row.verdict is Verdict.NOT_MET)
    lacking = sum(1 for row in rows if row.verdict is Verdict.MISSING)
    said = [
        _("%(count)s do not meet it") % {"count": failed} if failed else "",
        _("%(count)s missing") % {"count": lacking} if lacking else "",
    ]
    return ", ".join(filter(None, said))
