"""Under which hash a published round stands, for whoever reads its figures; no name of a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery

from programme.models import Publication

if TYPE_CHECKING:
    from datetime import datetime

    from criteria.models import ReportingRound

COLUMNS = ("digest", "figures", "at")


@dataclass(frozen=True, slots=True)
class Hash:
    """The hash of the latest publication of a round, over how many figures, and since when."""

    round: ReportingRound
    digest: str
    figures: int
    at: datetime


def beside() -> dict[str, Subquery]:
    """Return what tells the hash beside the rows of a query of rounds."""
    latest = Publication.objects.filter(round=OuterRef("pk")).order_by("-number")
    return {f"published_{name}": Subquery(latest.values(name)[:1]) for name in COLUMNS}


def of(round_: ReportingRound) -> Hash | None:
    """Return the hash told beside a round; nothing where it was published before there was one."""
    told = [vars(round_)[f"published_{name}"] for name in COLUMNS]
    return None if told[0] is None else Hash(round_, *told)
