"""Why a title could be revoked: a ground that is met, with its figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from criteria.models import Criterion
    from criteria.scoring.titles import Provision


@dataclass(frozen=True, slots=True)
class Reason:
    """A ground that a unit meets: so many of all; for criteria also which, and on which values."""

    unit_id: int
    standard: str
    ground: Provision
    part: int
    total: int
    basis: str = ""
    round_code: str = ""
    criteria: tuple[Criterion, ...] = ()
