"""What is done from time to time about the calls of other systems; twice is once."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from ntm_portal.accounts import usage
from ntm_portal.accounts.token_models import ApiToken, KeptReply

REPLIES_KEPT = timedelta(days=7)
_RECENT = timedelta(days=2)


def write_down_all() -> None:
    """Write down what every token that was used lately has asked."""
    since = timezone.now() - _RECENT
    usage.write_down(
        list(ApiToken.objects.filter(last_used_at__gt=since).values_list("pk", flat=True))
    )


@transaction.atomic
def forget_replies() -> int:
    """Forget the answers kept by their key for longer than a sender tries again; say how many."""
    old = KeptReply.objects.filter(at__lt=timezone.now() - REPLIES_KEPT)
    return old.delete()[0]
