"""The type of a request behind the sign-in; the middleware lets no other reach a view."""

from django.http import HttpRequest

from ntm_portal.accounts.models import User


class SignedInRequest(HttpRequest):
    """A request that has a person."""

    user: User
