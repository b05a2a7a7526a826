"""A pytest plugin: a test that was skipped fails the run."""

from __future__ import annotations

from typing import Any

import pytest


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Turn the exit code of a run with skipped tests into failure."""
    if _skipped(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


# The reporter's class is private to pytest, hence Any.
def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say why the run failed."""
    if count := len(_skipped(config)):
        terminalreporter.section("no test may be skipped here", red=True)
        terminalreporter.line(f"{count} skipped; the reasons stand above.")


def _skipped(config: pytest.Config) -> list[object]:
    """Return the reports of skipped tests; only the process that reports knows them."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return list(reporter.stats.get("skipped", ())) if reporter else []
