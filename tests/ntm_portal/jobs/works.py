"""Kinds of work for the tests: small ones, each with its own way to end."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from ntm_portal.jobs.kinds import Kind, Result
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from ntm_portal.jobs.kinds import Run

HERE = "tests.ntm_portal.jobs.works"
KINDS = {name.lower(): f"{HERE}.{name}" for name in ("COUNT", "PAPER", "DIES", "REFUSES", "BREAKS")}
seen: dict[str, Any] = {}


def _count(run: Run) -> Result:
    total = int(run.arguments["to"])
    for done in range(total):
        run.tell(done, total, "counting")
    seen["scope"] = run.by.scope
    return Result(data={"sum": sum(range(total + 1))})


def _paper(run: Run) -> Result:
    return Result(BytesIO("Nước".encode()), "to-khai.txt", "text/plain")


def _dies(run: Run) -> Result:
    """Leave as a worker does that is killed: nothing of the portal runs after it."""
    run.tell(1, 3, "half-way")
    if seen.setdefault("deaths", 0) < run.arguments["times"]:
        seen["deaths"] += 1
        raise SystemExit
    return Result(data="done")


def _refuses(run: Run) -> Result:
    raise DomainError("There is nothing to count.")


def _breaks(run: Run) -> Result:
    raise ValueError("a bug")


COUNT, PAPER, DIES, REFUSES, BREAKS = (
    Kind(_("Work in the background"), work) for work in (_count, _paper, _dies, _refuses, _breaks)
)
