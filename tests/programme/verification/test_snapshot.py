"""A verification reads one moment while others write."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from communes.models import StaleUnit
from programme.verification.snapshot import snapshot
from tests.factories import NationFactory

if TYPE_CHECKING:
    from collections.abc import Callable


def test_what_is_written_meanwhile_is_not_seen_and_nobody_waits(
    side_by_side: Callable[..., list[Any]],
) -> None:
    nation = NationFactory()

    def write() -> None:
        StaleUnit.objects.create(unit=nation, since=date(2020, 1, 1))

    def read() -> list[int]:
        with snapshot():
            before = StaleUnit.objects.count()
            side_by_side(write)
            during = StaleUnit.objects.count()
        return [before, during, StaleUnit.objects.count()]

    assert side_by_side(read) == [[0, 0, 1]]
