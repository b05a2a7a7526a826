"""Tests of what only PostgreSQL can do: elsewhere they are not collected, so none is skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Callable

Test = TypeVar("Test", bound="Callable[..., None]")


def on_postgresql(test: Test) -> Test:
    """Collect the test only where the portal runs on PostgreSQL."""
    test.__test__ = connection.vendor == "postgresql"  # type: ignore[attr-defined]  # pytest's sign
    return test
