"""Whatever is sent, the API answers as its description says; `make fuzz` sends much more."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from django.test import override_settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from ntm_portal.accounts.token_models import ApiToken
from tests.factories import NationFactory, ProvinceFactory, UserFactory
from tests.in_process import application
from tests.ntm_portal.api.matrix import OWN, fill
from tests.ntm_portal.api.trying import failures

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db
# Few examples of each operation in the suite; `make fuzz` asks for more, and for every edge.
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "3"))
MODES = ("coverage", "fuzzing") if "FUZZ_EXAMPLES" in os.environ else ("fuzzing",)
CSV = ("text/csv", "application/csv")
WHO = ("stranger", "officer", "committee", "writing token")
PARTS = 4  # of all operations, so that they are tried side by side


@pytest.fixture(autouse=True)
def _open_to_the_public() -> Iterator[None]:
    with override_settings(PUBLIC_SITE=True, PUBLIC_API_RATE=10**6, ALLOWED_HOSTS=["localhost"]):
        yield


@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_is_sent_is_answered_as_described(part: int) -> None:
    fill()
    callers = {who: _headers(who) for who in WHO}
    own = slice(part, None, PARTS)
    with application() as app:
        found = failures(app, callers, modes=MODES, examples=EXAMPLES, part=own)
    assert not found, "\n\n".join(found)


@given(body=st.binary() | st.text().map(str.encode), media_type=st.sampled_from(CSV))
@hypothesis_settings(max_examples=10 * EXAMPLES, suppress_health_check=[*HealthCheck])
def test_whatever_is_sent_as_csv_is_answered(body: bytes, media_type: str) -> None:
    client = APIClient(headers=_headers("writing token"))
    for address in ("/api/v1/values/", "/api/v1/dhis2/dataValueSets"):
        response = client.post(address, body, content_type=media_type)
        assert response.status_code in {200, 400, 409, 415, 422}, response.content
        assert response["Content-Type"] in {"application/json", "application/problem+json"}


def _headers(who: str) -> dict[str, str]:
    if who == "stranger":
        return {}
    role = "committee" if who == "committee" else "officer"
    area = NationFactory() if who == "committee" else ProvinceFactory(code=OWN)
    person = UserFactory(roles={role: area})
    key = ApiToken.issue(person, may_write=who == "writing token")
    return {"Authorization": f"Token {key}"}
