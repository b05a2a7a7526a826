"""Communes of Kon Tum whose place in the demonstration is told, not left to chance.

Tests, the browser tests and whoever shows the portal may rely on them, whatever the seed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Course(StrEnum):
    """How far an assessment of the open round has come."""

    VERIFIED = "verified"
    SUBMITTED = "submitted"
    DRAFT = "draft"
    CHANGED = "changed"  # verified, then changed: a draft again
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Told:
    """One commune's part: criteria it meets, or all but some, and numbers by round."""

    code: str
    name: str
    course: Course
    met: frozenset[str] = frozenset()  # neither these nor those: as chance has it
    unmet: frozenset[str] = frozenset()
    numbers: Mapping[str, tuple[Decimal, ...]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    reason: str = ""

    def meets(self, criterion: str) -> bool | None:
        """Tell whether it meets a criterion; nothing where chance decides."""
        if self.unmet:
            return criterion not in self.unmet
        return criterion in self.met if self.met else None


@dataclass(frozen=True, slots=True)
class Flip:
    """A number that, typed for a measure, takes one commune out of those below 10 criteria."""

    commune_code: str
    measure_code: str
    number: Decimal


def _numbers(*figures: str) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, figures))


# Nine criteria, each but the last two of which is met nearly everywhere.
NINE = frozenset({"1", "3", "4", "7", "8", "14", "16", "18", "19"})
INCOME = frozenset({"10"})

DOAN_KET = Told(
    "23329",
    "Xã Đoàn Kết",
    Course.DRAFT,
    unmet=INCOME,
    numbers={"10": _numbers("36.9", "38.2", "39.5"), "11": _numbers("7.9", "7.4", "6.8")},
    missing=("17.2", "17.6", "17.8"),
)
DAK_RO_WA = Told(
    "23335",
    "Xã Đắk Rơ Wa",
    Course.RETURNED,
    reason="Chỉ tiêu 17.1: thiếu biên bản kiểm tra nguồn nước, đề nghị bổ sung.",
)
NGOK_REO = Told(
    "23518",
    "Xã Ngok Réo",
    Course.DRAFT,
    met=NINE,
    numbers={"12": _numbers("86.4", "87.9", "89.2")},
)
DAK_PNE = Told(
    "23491",
    "Xã Đắk Pne",
    Course.DRAFT,
    met=NINE,
    numbers={"12": _numbers("84.7", "86.5", "88.6")},
)
DAK_RO_NGA = Told(
    "23427",
    "Xã Đắk Rơ Nga",
    Course.RETURNED,
    met=NINE,
    numbers={"12": _numbers("85.1", "86.0", "88.1")},
    reason="Chỉ tiêu 12: tỷ lệ lao động có việc làm chưa khớp số của Chi cục Thống kê.",
)
TOLD = {told.code: told for told in (DOAN_KET, DAK_RO_WA, NGOK_REO, DAK_PNE, DAK_RO_NGA)}

ONE_MEASURE_SHORT = (
    Flip(NGOK_REO.code, "12", Decimal("91.5")),
    Flip(DAK_PNE.code, "12", Decimal("90.3")),
    Flip(DAK_RO_NGA.code, "12", Decimal(90)),
)
