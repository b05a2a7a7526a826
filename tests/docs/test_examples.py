"""The examples of docs/examples run as they stand."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from ntm_portal.accounts.token_models import ApiToken
from programme.models import Summary
from tests.factories import NationFactory, UserFactory
from tests.ntm_portal.api.matrix import OPEN, fill

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES: Path = settings.BASE_DIR / "docs" / "examples"


@pytest.mark.django_db(transaction=True)
def test_the_python_example_pulls_all_summaries(live_server: Any) -> None:
    fill()
    key = ApiToken.issue(UserFactory(roles={"committee": NationFactory()}))
    said = subprocess.run(
        [sys.executable, EXAMPLES / "summaries.py", OPEN],
        env={**os.environ, "API": f"{live_server.url}/api/v1", "TOKEN": key},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    rows = list(csv.DictReader(io.StringIO(said)))
    assert {row["unit"] for row in rows} >= {"VN", "62", "42"}
    assert len(rows) == Summary.objects.filter(round__code=OPEN).count()
