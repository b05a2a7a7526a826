from pathlib import Path

import pytest

pytest_plugins = "pytester"

CONFTEST = """
from tests.together import BrowserTestsTogether

def pytest_xdist_make_scheduler(config, log):
    return BrowserTestsTogether(config, log)
"""
NOTES_ITS_WORKER = """
import os, pathlib, pytest

@pytest.mark.parametrize("number", range(4))
def test_it(number):
    with pathlib.Path(os.environ["NOTE"]).open("a") as note:
        note.write(os.environ["PYTEST_XDIST_WORKER"] + " ")
"""


@pytest.mark.parametrize(("folder", "workers"), [("tests/e2e", 1), ("tests/apart", 2)])
def test_only_the_browser_tests_share_one_worker(
    folder: str, workers: int, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = pytester.path / "note"
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    monkeypatch.setenv("NOTE", str(note))
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    pytester.makeconftest(CONFTEST)
    place = pytester.path / folder
    place.mkdir(parents=True)
    for name in ("test_one.py", "test_two.py"):
        (place / name).write_text(NOTES_ITS_WORKER)
    result = pytester.runpytest_subprocess("-n2", "-pno:django", "--import-mode=importlib")
    result.assert_outcomes(passed=8)
    assert len(set(note.read_text().split())) == workers
