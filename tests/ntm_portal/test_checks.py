import pytest
from django.core.checks import run_checks
from pytest_django import Settings

from ntm_portal import checks

VARIABLES = ("DEBUG", "BEHIND_TLS", "PORT", "WEB_CONCURRENCY", "LOG_LEVEL", "EMAIL_URL")


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


def problems() -> list[str | None]:
    return [problem.id for problem in checks.check_environment()]


def test_an_environment_that_says_nothing_is_right() -> None:
    assert problems() == []


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("PORT", "80a", "portal.E005"),
        ("PORT", "0", "portal.E005"),
        ("PORT", "65536", "portal.E005"),
        ("PORT", "²", "portal.E005"),
        ("WEB_CONCURRENCY", "-1", "portal.E005"),
        ("DEBUG", "maybe", "portal.E004"),
        ("BEHIND_TLS", "https", "portal.E004"),
        ("LOG_LEVEL", "loud", "portal.E006"),
        ("EMAIL_URL", "host:25", "portal.E008"),
    ],
)
def test_a_wrong_value_is_named(
    name: str, value: str, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    (found,) = checks.check_environment()
    assert found.id == problem
    assert name in found.msg
    assert problem == "portal.E008" or value.lower() in found.msg.lower()  # it holds a password


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "1"), ("PORT", "65535"), ("DEBUG", "Off"), ("DEBUG", ""), ("LOG_LEVEL", "error")],
)
def test_a_value_at_the_edge_is_right(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    assert problems() == []


def test_an_unusable_database_is_named(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.dummy")
    assert problems() == ["portal.E001"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("kafka://host", ["portal.E002"]),
        ("host:6379", ["portal.E002"]),
        ("redis://host:6379/0", []),
        ("filesystem://", []),
    ],
)
def test_an_unusable_broker_is_named(url: str, expected: list[str], settings: Settings) -> None:
    settings.CELERY_BROKER_URL = url
    assert problems() == expected


@pytest.mark.parametrize(
    ("length", "debug", "expected"),
    [(49, False, ["portal.E003"]), (50, False, []), (49, True, [])],
)
def test_a_short_secret_is_named_unless_debugging(
    length: int, debug: bool, expected: list[str], settings: Settings
) -> None:
    settings.SECRET_KEY, settings.DEBUG = "x" * length, debug
    assert problems() == expected


def test_answering_to_any_name_is_a_warning_of_the_deployment(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    assert "portal.W001" not in [problem.id for problem in run_checks()]
    found = run_checks(include_deployment_checks=True)
    assert "portal.W001" in [problem.id for problem in found]


@pytest.mark.parametrize("url", ["ntm.example.vn", "ftp://ntm.example.vn", "https://"])
def test_an_address_that_mails_cannot_lead_to_is_named(url: str, settings: Settings) -> None:
    settings.SITE_URL = url
    assert problems() == ["portal.E009"]
