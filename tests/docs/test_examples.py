"""The examples of docs/examples run as they stand, and ask nothing that the API does not know.

R is run where it is installed; Power Query has no interpreter outside Excel, so that of its example
what it asks is read.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

import pytest
import yaml
from django.conf import settings
from django.db import connection

from communes import services
from communes.change_models import Change
from criteria.models import Measure, ReportingRound
from ntm_portal.accounts.token_models import ApiToken
from ntm_portal.lib.paging import StableCursorPagination
from programme.models import Summary
from programme.rollup import rebuild, refresh_stale
from tests.factories import NationFactory, ProvinceFactory, UserFactory
from tests.history import forget_history
from tests.ntm_portal.api.matrix import OPEN, OWN, fill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EXAMPLES: Path = settings.BASE_DIR / "docs" / "examples"
ASKED = {"targets/", "summaries/", "changes/", "freshness/"}  # by each of the examples
COMPARED = ("unit", "basis", "criteria_met", "assessed", "meets_all")
Rows = list[tuple[str, ...]]


def _has_r() -> bool:
    program = "q(status = !all(sapply(c('jsonlite', 'curl'), requireNamespace, quietly = TRUE)))"
    found = shutil.which("Rscript")
    return bool(found) and subprocess.run([found or "", "-e", program], check=False).returncode == 0


PROGRAMS = {"ntm.py": sys.executable, "ntm.sh": "sh"} | ({"ntm.R": "Rscript"} if _has_r() else {})
COPIES = {"ntm.py": "copy.json", "ntm.sh": "copy", "ntm.R": "copy.rds"}


@dataclass
class Example:
    """One of the files, run in an empty folder against a portal that answers."""

    file: str
    folder: Path
    environment: dict[str, str]

    def run(self, *words: str) -> str:
        """Return what it says."""
        return subprocess.run(
            [PROGRAMS[self.file], EXAMPLES / self.file, *words],
            cwd=self.folder,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    def follow(self) -> Rows:
        """Bring its copy in step; return what then stands in it."""
        self.run("follow", OPEN, COPIES[self.file])
        copy = self.folder / COPIES[self.file]
        if self.file == "ntm.py":
            return compared([*json.loads(copy.read_text())["rows"].values()])
        if self.file == "ntm.sh":
            return compared(lines_of((copy / "summaries.csv").read_text()))
        written = "write.csv(readRDS('copy.rds')$rows, row.names = FALSE)"
        said = subprocess.run(
            [PROGRAMS[self.file], "-e", written],
            cwd=self.folder,
            check=True,
            capture_output=True,
            text=True,
        )
        return compared(lines_of(said.stdout))


def lines_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def compared(rows: list[dict[str, Any]]) -> Rows:
    return sorted(tuple(str(row[name]) for name in COMPARED) for row in rows)


def truth() -> Rows:
    rows = Summary.objects.filter(round__code=OPEN).values_list("unit__code", *COMPARED[1:])
    return sorted(tuple(map(str, row)) for row in rows)


@pytest.fixture(params=PROGRAMS)
def example(
    request: pytest.FixtureRequest,
    transactional_db: None,
    live_server: Any,  # pytest-django's; its type is not public
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Example]:
    """Run an example against a portal whose pages are so short that there are many."""
    fill()
    monkeypatch.setattr(StableCursorPagination, "get_page_size", lambda *_: 3)
    monkeypatch.setattr(services, "ask_for_rollup", lambda: None)  # a test adds up by itself
    key = ApiToken.issue(UserFactory(roles={"committee": NationFactory()}))
    environment = {**os.environ, "API": f"{live_server.url}/api/v1", "TOKEN": key}
    yield Example(request.param, tmp_path, environment)
    if connection.vendor == "sqlite":  # where all is deleted after the test, row by row
        forget_history()


def test_the_first_figure_is_told(example: Example) -> None:
    assert "60" in example.run("first")


def test_all_summaries_are_pulled_page_after_page(example: Example) -> None:
    said = example.run("summaries", OPEN)
    pages = sorted(example.folder.glob("page-*.json"))
    if example.file == "ntm.sh":
        assert len(pages) > 2
        rows = [row for page in pages for row in json.loads(page.read_text())["results"]]
    else:
        rows = lines_of(said)
    assert compared(rows) == truth()


def test_a_copy_stays_in_step(example: Example) -> None:
    assert example.follow() == truth()
    officer = UserFactory(roles={"officer": ProvinceFactory(code=OWN)})
    before = truth()
    _send(example, ApiToken.issue(officer, may_write=True))
    refresh_stale()
    assert truth() != before
    assert example.follow() == truth()  # one unit after the other
    Summary.objects.filter(round__code=OPEN).update(assessed=7)
    rebuild(ReportingRound.objects.get(code=OPEN))
    assert Change.objects.filter(kind="summary", key="", round_code=OPEN).exists()
    assert example.follow() == truth()  # all of it at once


@pytest.mark.parametrize("file", ["ntm.py", "ntm.sh", "ntm.R", "ntm.pq"])
def test_an_example_asks_what_the_api_knows(file: str) -> None:
    text = (EXAMPLES / file).read_text()
    described = yaml.safe_load((settings.BASE_DIR / "docs" / "openapi.yaml").read_text())["paths"]
    asked = set(re.findall(r'"(?:\$API/)?([a-z-]+/)(?=[?"])', text))
    assert asked == ASKED
    known = {
        parameter["name"]
        for address in asked
        for parameter in described[f"/api/v1/{address}"]["get"].get("parameters", ())
    }
    names = {*re.findall(r"[?&](\w+)=", text)}
    for query in re.findall(r'(?:Ask|Rows)\("[a-z-]+/", \[([^\]]+)\]', text):
        names |= {*re.findall(r"(\w+) =", query)}
    assert names >= {"round", "page_size", "kind", "limit", "after", "unit"}
    assert names <= known


def _send(example: Example, key: str) -> None:
    """Send a value that changes what is met."""
    measure = Measure.objects.get().code
    row = {"unit": f"{OWN}801", "round": OPEN, "measure": measure, "number": "1"}
    address = f"{example.environment['API']}/values/"
    headers = {"Authorization": f"Token {key}", "Content-Type": "application/json"}
    body = json.dumps({"values": [row]}).encode()
    with urlopen(Request(address, body, headers)) as response:  # noqa: S310  (this machine)
        assert json.load(response)["counts"]["changed"] == 1
