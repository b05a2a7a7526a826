"""How the tests are shared out: each on its own, the browser tests all to one worker."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

TOGETHER = "tests/e2e/"


class BrowserTestsTogether(LoadScopeScheduling):
    """Give the browser tests, which share one portal, to the same worker."""

    def _split_scope(self, nodeid: str) -> str:
        return TOGETHER if nodeid.startswith(TOGETHER) else nodeid
