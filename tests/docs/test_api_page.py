"""The commands of docs/api.md, copied into a shell one block after the other, do what it says."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from communes import services
from criteria.models import CriteriaSet, IndicatorValue, Measure
from ntm_portal.accounts.token_models import ApiToken
from programme.rollup import rebuild
from tests.docs.blocks import TOLD, blocks
from tests.factories import (
    DistrictFactory,
    NationFactory,
    ProvinceFactory,
    RoundFactory,
    UnitFactory,
    UserFactory,
)
from tests.history import forget_history
from tests.programme.rows import MET, assess, set_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MEASURES = ("5", "10")  # of the commune 23329, in the commands of the page


@pytest.fixture
def shell(
    transactional_db: None,
    live_server: Any,  # pytest-django's; its type is not public
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[dict[str, str]]:
    """Give the variables that the page tells to set, and a portal with what it names."""
    monkeypatch.setattr(services, "ask_for_rollup", lambda: None)
    monkeypatch.chdir(tmp_path)
    province = ProvinceFactory()
    commune = UnitFactory(code="23329", parent=DistrictFactory(code="608", parent=province))
    set_of(len(MEASURES))
    for code, measure in zip(MEASURES, Measure.objects.order_by("position"), strict=True):
        Measure.objects.filter(pk=measure.pk).update(code=code)
    CriteriaSet.objects.update(code="commune-2016-2020")
    round_ = RoundFactory()
    assess(commune, round_, MET, MET, criteria_set=CriteriaSet.objects.get())
    rebuild(round_)
    officer = UserFactory(roles={"officer": province})
    committee = UserFactory(roles={"committee": NationFactory()})
    yield {
        **os.environ,
        "API": f"{live_server.url}/api/v1",
        "TOKEN": ApiToken.issue(committee),
        "OFFICER": ApiToken.issue(officer, may_write=True),
    }
    if connection.vendor == "sqlite":  # where all is deleted after the test, row by row
        forget_history()


def test_every_command_of_the_page_does_what_it_says(shell: dict[str, str]) -> None:
    statuses = []
    for block in blocks():
        done = subprocess.run(  # in one folder: a block uses the files of those before
            ["/bin/sh", "-euc", TOLD + block],
            env=shell,
            capture_output=True,
            text=True,
            check=False,
        )
        told = done.stderr.split()
        assert done.returncode == 0, (block, done.stdout, done.stderr)
        assert len(told) == block.count("curl "), (block, told)
        statuses += [(status, block, done.stdout) for status in told]
    assert len(statuses) >= 20
    others = [status for status, _block, _said in statuses if status != "200"]
    assert others == ["304", "400"], [each for each in statuses if each[0] != "200"]
    numbers = dict(IndicatorValue.objects.values_list("measure__code", "number"))
    assert numbers == {"5": 93, "10": 42}  # as the last file of the page sends them
