"""The page on which a unit formed by a merger is reviewed: proposals beside their sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from criteria import policies
from criteria.merging.formers import formers_of
from criteria.merging.proposals import proposals_for
from criteria.merging.rules import rules_of
from criteria.presentation.actions import Actions, actions_of
from criteria.presentation.crumbs import Crumb, crumbs_of
from criteria.presentation.entitlements import PassedRow, passed_rows
from criteria.presentation.loading import load_judged
from criteria.presentation.wording import number_text
from criteria.recognition.law import confirmations, merging_rule
from criteria.scoring.merging import Merging, Why
from criteria.scoring.verdicts import Verdict
from criteria.services.judged import judge_stored

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.utils.functional import _StrPromise

    from criteria.forms import Answer
    from criteria.merging.formers import Former
    from criteria.merging.rules import MergingRule
    from criteria.models import Assessment, Criterion, RuleConfirmation
    from criteria.presentation.rows import ValueRow
    from criteria.scoring.merging import Proposal
    from ntm_portal.accounts.models import User

RULES: Mapping[str, _StrPromise] = {
    Merging.SUM: _("added up"),
    Merging.MEAN_POPULATION: _("mean by population"),
    Merging.MEAN_HOUSEHOLDS: _("mean by households"),
    Merging.ALL: _("met where all meet it"),
    Merging.WORST: _("the weakest of them"),
    Merging.ANEW: _("to be assessed anew"),
}
REASONS: Mapping[str, _StrPromise] = {
    Why.ANEW: "",  # type: ignore[dict-item]  # the rule says it already
    Why.NO_VALUE: _("not every former unit has a value"),
    Why.DIVIDED: _("a former unit came in part only"),
    Why.NO_SIZE: _("state the people or households above"),
    Why.LEFT_OUT: _("left out in some of them"),
}


@dataclass(frozen=True, slots=True)
class SourceCell:
    """What one former unit last reported of a measure."""

    text: str
    verdict: str


@dataclass(frozen=True, slots=True)
class MergerRow:
    """A measure: what stands, what is proposed and by which rule, and the sources."""

    row: ValueRow
    rule: MergingRule | None
    proposal: Proposal
    sources: tuple[SourceCell, ...]
    confirmation: RuleConfirmation | None = None

    @property
    def rule_label(self) -> str:
        """Return how it is worked out, in words."""
        return str(RULES[self.rule.merging if self.rule else Merging.ANEW])

    @property
    def rule_reason(self) -> str:
        """Return why it is worked out so."""
        if self.rule is None:
            return ""
        return self.rule.name_en if get_language() == "en" else self.rule.name

    @property
    def proposed(self) -> str:
        """Return the proposal as it is read; empty where there is none."""
        if self.proposal.typed is None:
            return ""
        return number_text(self.row.measure.kind, self.proposal.typed)

    @property
    def why(self) -> str:
        """Return why nothing is proposed."""
        return str(REASONS[self.proposal.why]) if self.proposal.why else ""


@dataclass(frozen=True, slots=True)
class Group:
    """A criterion with its rows."""

    criterion: Criterion
    rows: tuple[MergerRow, ...]


@dataclass(frozen=True, slots=True)
class MergerPage:
    """Everything the page shows, for one reader."""

    assessment: Assessment
    crumbs: tuple[Crumb, ...]
    actions: Actions
    formers: Sequence[Former]
    open_paths: frozenset[str]
    groups: tuple[Group, ...]
    passed: tuple[PassedRow, ...]
    may_confirm: bool

    @property
    def rows(self) -> list[MergerRow]:
        """Return all rows."""
        return [row for group in self.groups for row in group.rows]

    @property
    def waiting(self) -> int:
        """Return how many proposals are not yet in the form."""
        return sum(1 for row in self.rows if row.proposed and row.row.typed is None)

    @property
    def marked(self) -> int:
        """Return how many values are in the form and not confirmed."""
        return sum(1 for row in self.rows if row.row.state == "carried")

    @property
    def missing(self) -> int:
        """Return how many values are still to be typed and have no proposal."""
        return sum(
            1 for row in self.rows if not row.proposed and row.row.verdict is Verdict.MISSING
        )


def load_merger(
    assessment: Assessment, *, reader: User, answers: Mapping[str, Answer] | None = None
) -> MergerPage:
    """Load the page; as many queries for two former units as for twenty."""
    judged = load_judged(judge_stored(assessment), answers or {})
    formers = formers_of(assessment)
    confirmed = confirmations()
    rules = {
        code: merging_rule(rule, confirmed)
        for code, rule in rules_of(assessment.criteria_set.code).items()
    }
    proposals = {
        measure.pk: proposal
        for measure, proposal in proposals_for(
            assessment.criteria_set.code, [row.measure for row in judged.rows], formers
        )
    }
    rows = [
        MergerRow(
            row=row,
            rule=(rule := rules.get(row.code)),
            proposal=proposals[row.measure.pk],
            sources=_sources(row.measure.pk, formers),
            confirmation=confirmed.get(rule.key) if rule else None,
        )
        for row in judged.rows
    ]
    return MergerPage(
        assessment=assessment,
        crumbs=crumbs_of(assessment, reader.scope),
        actions=actions_of(assessment, reader),
        formers=formers,
        open_paths=frozenset(
            former.unit.path for former in formers if reader.scope.may_read(former.unit.path)
        ),
        groups=tuple(
            Group(
                criterion,
                tuple(
                    row for row in rows if row.row.measure.indicator.criterion_id == criterion.pk
                ),
            )
            for criterion in judged.criteria
        ),
        passed=passed_rows(assessment.unit),
        may_confirm=policies.may_confirm_law(reader.scope),
    )


def _sources(measure_id: int, formers: Sequence[Former]) -> tuple[SourceCell, ...]:
    values = [former.values.get(measure_id) for former in formers]
    return tuple(
        SourceCell(number_text(value.measure.kind, value.typed), value.verdict)
        if value
        else SourceCell("", "")
        for value in values
    )
