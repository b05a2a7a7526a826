"""Who is signed in, read together with her roles: every page asks for both."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend

from ntm_portal.accounts.models import Assignment, User


class PersonWithRoles(ModelBackend):
    """Django's own sign-in; a person comes with her roles in one query."""

    def get_user(self, user_id: int) -> User | None:
        """Return the active person of this id."""
        roles = list(Assignment.objects.filter(user=user_id).select_related("user", "unit"))
        if not roles:
            return super().get_user(user_id)
        person = roles[0].user
        if not self.user_can_authenticate(person):
            return None
        person.held_roles = roles
        return person
