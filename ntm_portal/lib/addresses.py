"""Addresses of the rows of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from collections.abc import Callable

_MARK = 9_007_199_254_740_993  # stands in no address by itself


def addresses_of(name: str) -> Callable[[int], str]:
    """Return what gives the address of each row; the pattern is resolved once for all of them."""
    before, after = reverse(name, args=[_MARK]).split(str(_MARK))
    return lambda pk: f"{before}{pk}{after}"
