"""Thresholds that somebody confirmed with a reference: no file takes them away silently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from criteria.models import ThresholdConfirmation

if TYPE_CHECKING:
    from collections.abc import Collection

    from criteria.loading.faults import Faults


def refuse_lost_confirmations(gone: Collection[int], faults: Faults) -> None:
    """Note each confirmed threshold that the file holds no more."""
    confirmations = ThresholdConfirmation.objects.filter(threshold__in=gone)
    for row in confirmations.select_related("threshold__measure"):
        code = row.threshold.measure.code
        faults.add("", f"a threshold of {code} is missing, but was confirmed ({row.legal_ref})")
