"""An officer of Kon Tum and the address that she has told of changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from communes.changes import Changed, record_changes
from ntm_portal.accounts.models import User
from ntm_portal.webhooks import services
from ntm_portal.webhooks.models import Endpoint
from ntm_portal.webhooks.services import EndpointEntry
from tests.factories import ProvinceFactory, UserFactory
from tests.ledger import numbered

if TYPE_CHECKING:
    from collections.abc import Callable

HERS, OTHERS = "/VN/62/608/23329/", "/VN/42/"


@pytest.fixture
def owner() -> User:
    return UserFactory(email="a@example.vn", roles={"officer": ProvinceFactory()})


@pytest.fixture
def endpoint(owner: User) -> Endpoint:
    entry = EndpointEntry("Sở", "https://example.vn/in", after=0)
    return services.make(entry, by=owner)[0]


@pytest.fixture
def change() -> Callable[..., None]:
    """Return a function that writes lines of the ledger as a service would."""

    def written(*keys: str, path: str = HERS, kind: str = "assessment") -> None:
        with transaction.atomic():
            record_changes(kind, [Changed(key, path, "2020-Q4") for key in keys])
        numbered()

    return written
