"""People and tokens in the administration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ntm_portal.accounts.models import ApiToken, Assignment, User

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


class AssignmentInline(admin.TabularInline[Assignment, User]):
    """Roles, each for an area; the map is too long for a list."""

    model = Assignment
    extra = 1
    raw_id_fields = ["unit"]


@admin.register(User)
class PersonAdmin(UserAdmin[User]):
    """A person with her roles."""

    inlines = [AssignmentInline]
    list_display = ["username", "display_name", "is_active", "is_staff", "last_login"]


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin[ApiToken]):
    """Tokens can be seen and revoked; they are issued on the command line, and shown only there."""

    list_display = ["user", "created_at", "last_used_at", "revoked_at"]
    list_select_related = ["user"]
    list_filter = ["revoked_at"]
    actions = ["revoke"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: a key is shown once, to whoever issues it."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: ApiToken | None = None) -> bool:
        """Allow the list and its action; there is nothing to edit."""
        return obj is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: ApiToken | None = None) -> bool:
        """Refuse: a revoked token stays as the record of who once had access."""
        return False

    @admin.action(description=_("Revoke the chosen tokens"), permissions=["change"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiToken]) -> None:
        """Revoke what is still in force, and say how many."""
        count = queryset.filter(revoked_at=None).update(revoked_at=timezone.now())
        self.message_user(request, _("Tokens revoked: %(count)s.") % {"count": count})
