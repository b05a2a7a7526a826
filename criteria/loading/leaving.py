"""What may not leave the law, nor change its kind, because values or decisions rest on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count

from criteria.models import CriterionVerdict, IndicatorValue, Threshold

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import Model, QuerySet

    from criteria.loading.faults import Faults

ADVICE = "give it a last day or years instead of taking it away"
KEPT = "is missing in the file, but the portal has it and {count} {what} rest on it: " + ADVICE


def refuse_lost_measures(measures: Collection[int], faults: Faults) -> None:
    """Note each measure the file holds no more but for which values were typed or levels set."""
    values = IndicatorValue.objects.filter(measure__in=measures)
    levels = Threshold.objects.filter(measure__in=measures, is_from_set=False)
    decided = levels.exclude(province_code="", is_demonstration=False)
    for rows, what in ((values, "values"), (decided, "thresholds of provinces")):
        _refuse(rows, "measure__code", "{code} " + KEPT, what, faults)


def refuse_lost_thresholds(thresholds: Collection[int], faults: Faults) -> None:
    """Note each threshold the file holds no more but by which values were judged."""
    verdicts = IndicatorValue.objects.filter(threshold__in=thresholds)
    sentence = "a threshold of {code} " + KEPT
    _refuse(verdicts, "threshold__measure__code", sentence, "verdicts", faults)


def refuse_lost_criteria(criteria: Collection[int], faults: Faults) -> None:
    """Note each criterion the file holds no more but that was judged."""
    verdicts = CriterionVerdict.objects.filter(criterion__in=criteria)
    _refuse(verdicts, "criterion__code", "criterion {code} " + KEPT, "verdicts", faults)


def refuse_other_kinds(measures: Collection[int], faults: Faults) -> None:
    """Note each measure that the file asks otherwise than the values for it were typed."""
    values = IndicatorValue.objects.filter(measure__in=measures)
    sentence = "{code} is of another kind than its {count} {what}: write a version from a day on"
    _refuse(values, "measure__code", sentence, "values", faults)


def _refuse(rows: QuerySet[Model], code: str, sentence: str, what: str, faults: Faults) -> None:
    counted = rows.order_by(code).values_list(code).annotate(count=Count("pk"))
    for found, count in counted:
        faults.add("", sentence.format(code=found, count=count, what=what))
