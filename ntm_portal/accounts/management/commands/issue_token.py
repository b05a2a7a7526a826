"""Issue a token for the API; it is the last line printed and cannot be read again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from ntm_portal.accounts.models import User
from ntm_portal.accounts.token_models import ApiToken

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Print a token that reads what its owner may read; with `--write` it sends values too."""

    help = "Issue a token for the API; it is the last line printed and cannot be read again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the owner."""
        parser.add_argument("username")
        parser.add_argument(
            "--replace", action="store_true", help="Revoke the tokens this person already has."
        )

        parser.add_argument(
            "--write", action="store_true", help="It may also send values, as its owner may."
        )

    def handle(self, *, username: str, replace: bool, write: bool, **_options: Any) -> None:
        """Find the owner, revoke what is to be replaced, print the key."""
        owner = User.objects.filter(username=username, is_active=True).first()
        if owner is None:
            sentence = _("Nobody called “%(name)s” can sign in here.")
            raise CommandError(sentence % {"name": username})
        if replace:
            owner.api_tokens.filter(revoked_at=None).update(revoked_at=timezone.now())
        self.stdout.write(ApiToken.issue(owner, may_write=write))
