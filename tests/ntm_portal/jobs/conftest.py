"""What tests of work in the background share: their own kinds of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ntm_portal.jobs import works

if TYPE_CHECKING:
    from pytest_django import Settings


@pytest.fixture(autouse=True)
def _kinds(settings: Settings) -> None:
    settings.JOB_KINDS = works.KINDS
    works.seen.clear()
