"""A national total shared out over the provinces, so that one province alone gets the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


COMMUNES = 7_692  # xã of the country whose totals are shared out


def scaled(total: int, communes: int) -> int:
    """Return the part of a national total that a map with so many communes would have."""
    return round(total * communes / COMMUNES)


def shared_out(total: int, weights: Mapping[str, float]) -> dict[str, int]:
    """Return each one's whole part of `total` by weight; the largest remainders round up."""
    whole = sum(weights.values())
    if not whole:
        return dict.fromkeys(weights, 0)
    exact = {key: total * weight / whole for key, weight in weights.items()}
    parts = {key: int(part) for key, part in exact.items()}
    left = total - sum(parts.values())
    by_remainder = sorted(exact, key=lambda key: (parts[key] - exact[key], key))
    for key in by_remainder[:left]:
        parts[key] += 1
    return parts
