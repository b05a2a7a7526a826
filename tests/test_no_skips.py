import pytest
from django.conf import settings

pytest_plugins = "pytester"

SKIPPED = "import pytest\ndef test_a(): pytest.skip('no browser')\n"
PASSED = "def test_a(): pass\n"


@pytest.mark.parametrize(("source", "code"), [(SKIPPED, 1), (PASSED, 0)])
def test_a_skipped_test_fails_the_run(
    pytester: pytest.Pytester, source: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTHONPATH", str(settings.BASE_DIR))
    pytester.makepyfile(source)
    result = pytester.runpytest_subprocess("-p", "tests.no_skips")
    assert result.ret == code
    assert ("no test may be skipped here" in result.stdout.str()) == bool(code)
