"""What is sent twice where one is meant is refused by name, wherever values are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from django.conf import settings
from rest_framework.test import APIClient

from criteria.models import IndicatorValue
from ntm_portal.accounts.token_models import ApiToken
from tests.factories import ProvinceFactory, UserFactory
from tests.ntm_portal.api.matrix import OPEN, OWN, fill

if TYPE_CHECKING:
    from criteria.models import Assessment

pytestmark = pytest.mark.django_db
JSON, CSV = "application/json", "text/csv"
WRITING = {"post", "put", "patch", "delete"}


def addresses() -> list[tuple[str, str, list[str]]]:
    """Return the verb, the address and the parameters of each operation that writes."""
    described = yaml.safe_load((settings.BASE_DIR / "docs" / "openapi.yaml").read_text())
    return [
        (verb, path, [p["name"] for p in each.get("parameters", ()) if p["in"] == "query"])
        for path, operations in described["paths"].items()
        for verb, each in operations.items()
        if verb in WRITING
    ]


@pytest.fixture
def assessment() -> Assessment:
    return fill()[OWN, OPEN]


@pytest.fixture
def client(assessment: Assessment) -> APIClient:
    officer = UserFactory(roles={"officer": ProvinceFactory(code=OWN)})
    client = APIClient(headers={"accept-language": "en"})
    key = ApiToken.issue(officer, may_write=True)
    client.credentials(HTTP_AUTHORIZATION=f"Token {key}")
    return client


def refused(response: Any) -> list[tuple[str, str]]:  # JSON inside
    assert response.status_code == 400, response.content
    errors = response.json()["errors"]
    assert all("more than once" in error["detail"] for error in errors)
    return [(error["pointer"], error["code"]) for error in errors]


def test_every_parameter_of_what_writes(client: APIClient, assessment: Assessment) -> None:
    swept = 0
    for verb, path, names in addresses():
        for name in names:
            address = path.replace("{id}", str(assessment.pk))
            response = getattr(client, verb)(
                f"{address}?{name}=true&{name}=true", {}, format="json"
            )
            assert refused(response) == [(f"#/query/{name}", "repeated-parameter")]
            swept += 1
    assert swept >= 9


def test_every_member_of_what_is_sent(client: APIClient, assessment: Assessment) -> None:
    before = IndicatorValue.objects.values_list("pk", "number", "version")
    stood = [*before.order_by("pk")]
    sent = {
        '{"values": [], "values": []}': ["#/values"],
        '{"values": [{"measure": "1", "number": "1", "number": "2"}]}': ["#/values/0/number"],
        '{"values": [{}, {"a/b": {"~": 1, "~": 1}}], "x": 1, "x": {"y": 1, "y": 2}}': [
            *("#/values/1/a~1b/~0", "#/x", "#/x/y")
        ],
    }
    swept = 0
    for verb, path, _names in addresses():
        for body, pointers in sent.items():
            address = path.replace("{id}", str(assessment.pk))
            response = getattr(client, verb)(address, body, content_type=JSON)
            assert refused(response) == [(each, "repeated-member") for each in pointers]
            swept += 1
    assert swept >= 9
    assert [*before.order_by("pk")] == stood


def test_every_column(client: APIClient) -> None:
    body = "unit,measure,number,round, number\n1,2,3,4,5\n"
    response = client.post("/api/v1/values/", body, content_type=CSV)
    assert refused(response) == [("#/number", "repeated-member")]


def test_what_is_no_json_is_not_understood(client: APIClient) -> None:
    for body in ("{", "[" * 100_000, b"\xff", '{"a": NaN}'):
        response = client.post("/api/v1/values/", body, content_type=JSON)
        assert (response.status_code, response.json()["code"]) == (400, "parse-error")
