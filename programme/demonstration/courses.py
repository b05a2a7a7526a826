"""How far each assessment has come, who did its steps and when; no rows yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from criteria.models import Assessment
from programme.demonstration.story import TOLD, Course

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from criteria.models import ReportingRound
    from programme.demonstration.latent import Commune

Status = Assessment.Status
# Of a hundred assessments of the open round: verified, sent, draft, changed after, returned.
USUAL = (70, 14, 9, 3, 4)
WATCHED = {"62": (34, 46, 12, 4, 4)}  # Kon Tum: something to do for each account
REASONS = (
    "Chỉ tiêu 17.1: thiếu kết quả xét nghiệm nước.",
    "Chỉ tiêu 10: chưa kèm phiếu điều tra thu nhập.",
    "Chỉ tiêu 11: số hộ nghèo chưa khớp quyết định phê duyệt của huyện.",
    "Chỉ tiêu 2.2: đề nghị ghi lại chiều dài đường đã cứng hóa.",
    "Chỉ tiêu 6.3: thiếu danh sách nhà văn hóa thôn.",
    "Chỉ tiêu 15.1: chưa có xác nhận của bảo hiểm xã hội huyện.",
    "Chỉ tiêu 9.1: còn nhà tạm theo biên bản kiểm tra, đề nghị rà soát.",
)
STEPS = {
    Course.DRAFT: (Status.DRAFT,),
    Course.SUBMITTED: (Status.DRAFT, Status.SUBMITTED),
    Course.VERIFIED: (Status.DRAFT, Status.SUBMITTED, Status.VERIFIED),
    Course.CHANGED: (Status.DRAFT, Status.SUBMITTED, Status.VERIFIED, Status.DRAFT),
    Course.RETURNED: (Status.DRAFT, Status.SUBMITTED, Status.RETURNED),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A status reached at a moment."""

    status: Status
    at: datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """The way of one assessment: its course, its steps in order, and why it was returned."""

    course: Course
    typed_at: datetime
    steps: tuple[Step, ...]
    changed_at: tuple[datetime, ...] = ()  # empty unless it was changed after it was verified
    reason: str = ""

    @property
    def status(self) -> Status:
        """Return the status it has come to."""
        return self.steps[-1].status

    def last(self, status: Status) -> datetime | None:
        """Return when it reached `status` last."""
        return next((step.at for step in reversed(self.steps) if step.status is status), None)

    @property
    def is_verified_once(self) -> bool:
        """Tell whether it has verified numbers, be they still those that are typed."""
        return self.last(Status.VERIFIED) is not None


def progress(
    chance: random.Random, commune: Commune, round_: ReportingRound, *, is_over: bool
) -> Progress:
    """Return the way of a commune's assessment in a round; in one that is over it is verified."""
    drawn = chance.choices(tuple(Course), WATCHED.get(commune.province_code, USUAL))[0]
    reason = chance.choice(REASONS)
    opened = datetime.combine(round_.opens_on, time(8), timezone.get_default_timezone())
    typed, sent, reviewed, changed = _moments(chance, opened)
    if is_over:
        drawn = Course.VERIFIED
    elif told := TOLD.get(commune.code):
        drawn, reason = told.course, told.reason
    steps = zip(STEPS[drawn], (opened, sent, reviewed, changed), strict=False)
    return Progress(
        drawn,
        typed_at=typed,
        steps=tuple(Step(status, at) for status, at in steps),
        changed_at=(changed,) if drawn is Course.CHANGED else (),
        reason=reason if drawn is Course.RETURNED else "",
    )


def _moments(chance: random.Random, opened: datetime) -> Iterator[datetime]:
    """Yield, in office hours, when it is typed, sent, reviewed and changed again."""
    at = opened
    for days in (chance.randint(2, 11), 1, chance.randint(1, 2), 1):
        at += timedelta(days=days)
        yield at.replace(hour=chance.randint(8, 16), minute=chance.randint(0, 59))
