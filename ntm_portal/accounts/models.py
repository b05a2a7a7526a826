"""People, what each may do and where, and the tokens of other systems."""

from __future__ import annotations

from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

import ntm_portal.accounts.token_models  # noqa: F401  (its tables belong to this app)
from communes.models import AdministrativeUnit
from ntm_portal.accounts.scope import Scope


class User(AbstractUser):
    """A person who signs in; what she may do comes from her assignments."""

    language = models.CharField(
        _("language of the mails"),
        max_length=5,
        choices=[("vi", _("Vietnamese")), ("en", _("English"))],
        default="vi",
    )

    @property
    def display_name(self) -> str:
        """Return the name to show beside what she did."""
        return self.get_full_name() or self.username

    @cached_property
    def held_roles(self) -> list[Assignment]:
        """Return her roles with their areas; read once for each request."""
        return list(self.assignments.select_related("unit")) if self.is_active else []

    @cached_property
    def scope(self) -> Scope:
        """Return where she may read, write, verify and administer; one query with her roles."""
        held = [(assignment.role, assignment.unit.path) for assignment in self.held_roles]
        return Scope.of(held, is_superuser=self.is_active and self.is_superuser)


class Assignment(models.Model):
    """A role that a person holds for an area."""

    class Role(models.TextChoices):
        OFFICER = "officer", _("officer")
        VERIFIER = "verifier", _("verifier")
        COMMITTEE = "committee", _("steering committee")
        ADMINISTRATOR = "administrator", _("administrator")

    user = models.ForeignKey(User, models.CASCADE, related_name="assignments")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    unit = models.ForeignKey(AdministrativeUnit, models.PROTECT, related_name="assignments")

    class Meta:
        ordering = ["user_id", "role"]
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "unit"], name="assignment_is_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.unit}"
