"""What every test shares: no broker, plain static files, and in CI no test left out."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from ntm_portal import celery_app
from tests import libreoffice, no_skips
from tests.e2e import browser
from tests.side_by_side import side_by_side
from tests.together import BrowserTestsTogether

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ntm_portal.accounts.models import User

__all__ = ["side_by_side"]  # a fixture for every test

# A busy machine draws its examples slowly: that says nothing about the rule that is tried.
hypothesis_settings.register_profile(
    "portal", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("portal")


def pytest_configure(config: pytest.Config) -> None:
    """In CI a skipped test is a failure."""
    if os.environ.get("CI"):
        config.pluginmanager.register(no_skips)


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out what needs a Chromium or a LibreOffice where there is none; CI has both."""
    is_left_out = any(
        program.is_missing() and collection_path.is_relative_to(program.FOLDER)
        for program in (browser, libreoffice)
    )
    return True if is_left_out else None


def pytest_collection_finish() -> None:
    """Look for garbage less often: what was collected stays, and a tenth of the time is saved."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


# xdist has no types, hence Any.
@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> BrowserTestsTogether:
    """Share the tests out among the workers."""
    return BrowserTestsTogether(config, log)


@pytest.fixture(autouse=True, scope="session")
def _quick_and_alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Run tasks in place, serve static files without a manifest, hash passwords cheaply."""
    celery_app.conf.update(task_always_eager=True, task_eager_propagates=True)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        API_RATE=1_000_000,
        STORAGES={**settings.STORAGES, "staticfiles": plain},
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        MEDIA_ROOT=tmp_path_factory.mktemp("media"),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """Return a function that signs a person in and gives the client she uses."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in
