"""A client that an existing generator makes of the description pulls and pushes."""

from __future__ import annotations

import importlib
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from django.conf import settings
from django.test import override_settings

from communes.models import AdministrativeUnit
from criteria.models import IndicatorValue
from ntm_portal.accounts.token_models import ApiToken
from tests.factories import NationFactory, UserFactory
from tests.in_process import application
from tests.ntm_portal.api.matrix import OPEN, OWN, fill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.core.handlers.wsgi import WSGIHandler

    from ntm_portal.accounts.models import User

NAME = "generated_client"


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Generate the client and put it on the path; return the name of its package."""
    folder: Path = tmp_path_factory.mktemp("client")
    (folder / "config.yml").write_text("post_hooks: []\n")
    subprocess.run(
        [
            *(sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"),
            *("--path", settings.BASE_DIR / "docs" / "openapi.yaml"),
            *("--output-path", folder / NAME, "--config", folder / "config.yml"),
        ],
        check=True,
        capture_output=True,
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        yield NAME


@pytest.fixture
def app() -> Iterator[WSGIHandler]:
    with application() as served, override_settings(ALLOWED_HOSTS=["portal.test"]):
        yield served


@pytest.mark.django_db
def test_a_generated_client_pulls_a_national_summary_and_pushes_a_value(
    generated: str, app: WSGIHandler
) -> None:
    assessment = fill()[OWN, OPEN]
    officer = UserFactory(roles={"officer": AdministrativeUnit.objects.get(code=OWN)})

    reader = _client(generated, app, UserFactory(roles={"committee": NationFactory()}))
    page = _call(generated, "summaries.summaries_list", reader, unit="VN", round_=OPEN)
    assert {(row.unit, row.basis.value, row.communes) for row in page.results} == {
        ("VN", "reported", 2),
        ("VN", "verified", 2),
    }

    value = assessment.values.select_related("measure").get()
    models: Any = importlib.import_module(f"{generated}.models")
    row = models.PushedValue(
        unit=assessment.unit.code, round_=OPEN, measure=value.measure.code, number="12.5"
    )
    said = _call(
        generated,
        "values.values_create",
        _client(generated, app, officer),
        models.Push(values=[row]),
    )
    assert said.counts.changed == 1
    assert str(IndicatorValue.objects.get(pk=value.pk).number) == "12.5000"


def _client(
    generated: str, app: WSGIHandler, owner: User
) -> Any:  # of a package that is made while this runs
    module: Any = importlib.import_module(generated)
    return module.AuthenticatedClient(
        base_url="http://portal.test",
        token=ApiToken.issue(owner, may_write=True),
        prefix="Token",
        httpx_args={"transport": httpx.WSGITransport(app=app)},
    )


def _call(generated: str, name: str, client: Any, body: Any = None, **query: str) -> Any:
    """Call one of its functions; whatever is not 200 is no answer."""
    function: Any = importlib.import_module(f"{generated}.api.{name}").sync_detailed
    sent = {"body": body} if body is not None else {}
    answer = function(client=client, **sent, **query)
    assert answer.status_code == 200, answer.content
    return answer.parsed
