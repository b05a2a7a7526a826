"""A kind of mail for the tests, and a person whom it reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils.translation import gettext_lazy

from ntm_portal.mail.kinds import Kind
from tests.factories import UserFactory

if TYPE_CHECKING:
    from ntm_portal.accounts.models import User


@pytest.fixture(autouse=True)
def kind(monkeypatch: pytest.MonkeyPatch) -> Kind:
    """The only kind there is; its text is the foot of every mail."""
    kind = Kind("tried", gettext_lazy("Language"), gettext_lazy("Sign in"), "mail/_foot.txt")
    monkeypatch.setattr("ntm_portal.mail.kinds._KINDS", {"tried": kind})
    return kind


@pytest.fixture
def person(db: None) -> User:
    """Somebody with an address."""
    return UserFactory(email="huong@example.vn")
