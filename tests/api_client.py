"""Another system that reads the API with a token of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework.test import APIClient

from ntm_portal.accounts.models import User
from ntm_portal.accounts.token_models import ApiToken
from tests.factories import UserFactory

if TYPE_CHECKING:
    from communes.models import AdministrativeUnit


class ApiReader:
    """A client that sends a token and asks in English."""

    def __init__(self, owner: User) -> None:
        self.client = APIClient(HTTP_ACCEPT_LANGUAGE="en")
        self.client.credentials(HTTP_AUTHORIZATION=f"Token {ApiToken.issue(owner, may_write=True)}")

    def get(self, address: str, **query: str | int) -> Any:  # JSON inside
        """Return the response to `/api/v1/<address>`."""
        return self.client.get(f"/api/v1/{address}", query)

    def rows(self, address: str, **query: str | int) -> list[dict[str, Any]]:
        """Return the rows on the first page of a list."""
        response = self.get(address, **query)
        assert response.status_code == 200, response.json()
        found: list[dict[str, Any]] = response.json()["results"]
        return found


def reader_of(unit: AdministrativeUnit, role: str = "officer") -> ApiReader:
    """Return the client of somebody with this role for this area."""
    return ApiReader(UserFactory(roles={role: unit}))
