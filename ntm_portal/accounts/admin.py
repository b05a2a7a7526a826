"""People and tokens in the administration."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.admin import UserAdmin
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ntm_portal.accounts.models import Assignment, User
from ntm_portal.accounts.token_models import ApiToken

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
    """A person with her roles; only superusers change them, for a role given is power given."""

    inlines = [AssignmentInline]
    list_display = ["username", "display_name", "is_active", "is_staff", "last_login"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Leave people to superusers."""
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Leave people to superusers: who may edit herself could give herself everything."""
        return request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Refuse: the log of what she did would go with her; she is made inactive instead."""
        return False


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
    @transaction.atomic
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiToken]) -> None:
        """Revoke what is still in force, leave a trace of each, and say how many."""
        tokens = list(queryset.filter(revoked_at=None).select_for_update(of=("self",)))
        keys = [token.pk for token in tokens]
        ApiToken.objects.filter(pk__in=keys).update(revoked_at=timezone.now())
        message = [{"changed": {"fields": ["revoked_at"]}}]
        by = cast("User", request.user)
        LogEntry.objects.log_actions(by.pk, tokens, CHANGE, message)
        self.message_user(request, _("Tokens revoked: %(count)s.") % {"count": len(tokens)})
