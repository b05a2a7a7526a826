"""Readers at their browsers, in English unless a test switches."""

from collections.abc import Callable

import pytest
from django.test import Client

from ntm_portal.accounts.models import User

Browser = Callable[..., Client]


@pytest.fixture
def browser(client_of: Callable[[User], Client]) -> Browser:
    """Return a function that signs a person in and reads in a language."""

    def opened(user: User, language: str = "en") -> Client:
        client = client_of(user)
        client.cookies["language"] = language
        return client

    return opened
