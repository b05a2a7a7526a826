"""What was sent and what failed, to read; a failed mail can be tried again."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _

from ntm_portal.lib.errors import DomainError
from ntm_portal.mail import services
from ntm_portal.mail.models import Choice, Letter

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from ntm_portal.accounts.models import User


@admin.register(Letter)
class LetterAdmin(admin.ModelAdmin[Letter]):
    """Every mail with its fate."""

    list_display = ["subject", "person", "kind", "state", "created_at", "sent_at", "attempts"]
    list_filter = ["state", "kind"]
    list_select_related = ["person"]
    search_fields = ["person__username", "person__email", "subject"]
    date_hierarchy = "created_at"
    actions = ["try_again"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: mails are written by what they are about."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Letter | None = None) -> bool:
        """Allow the list and its action; there is nothing to edit."""
        return obj is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Letter | None = None) -> bool:
        """Refuse: who is told once is not told again because of it."""
        return False

    @admin.action(description=_("Try the chosen failed mails again"), permissions=["change"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Letter]) -> None:
        """Queue them once more."""
        keys = list(queryset.values_list("pk", flat=True))
        try:
            count = services.try_again(keys, by=cast("User", request.user))
        except DomainError as error:
            self.message_user(request, str(error), messages.WARNING)
            return
        self.message_user(request, _("Mails to be tried again: %(count)s.") % {"count": count})


@admin.register(Choice)
class ChoiceAdmin(admin.ModelAdmin[Choice]):
    """What people chose, to read: each chooses for herself."""

    list_display = ["person", "kind", "is_wanted", "is_by_link", "changed_at"]
    list_filter = ["kind", "is_wanted"]
    list_select_related = ["person"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Choice | None = None) -> bool:
        """Refuse."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Choice | None = None) -> bool:
        """Refuse."""
        return False
