"""Jobs that broke off or were never begun, and results that are old."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ntm_portal.jobs.models import MOST_STARTS, Job
from ntm_portal.jobs.running import fail

# A message that nobody took within this time may have been lost; a second one does no harm.
ASKED_AGAIN_AFTER = timedelta(minutes=2)
_AT_ONCE = 500


def sweep() -> list[int]:
    """Put back what broke off, give up what did so again; return which jobs to send anew."""
    now = timezone.now()
    for job in Job.objects.broken_off(now):
        if job.starts < MOST_STARTS:
            _put_back(job)
        else:
            with translation.override(job.language):
                fail(job, _("The work broke off twice before it was done."))
    unheard = Job.objects.unheard(now - ASKED_AGAIN_AFTER)
    owed = [*unheard.values_list("pk", flat=True)[:_AT_ONCE]]
    Job.objects.filter(pk__in=owed).update(asked_at=now)
    return owed


def purge() -> int:
    """Throw away the jobs whose time is over, with their files; return how many."""
    old = list(Job.objects.expired(timezone.now())[:_AT_ONCE])
    with transaction.atomic():
        for job in old:
            if job.file:
                transaction.on_commit(partial(job.file.storage.delete, str(job.file.name)))
        Job.objects.filter(pk__in=[job.pk for job in old]).delete()
    return len(old)


def _put_back(job: Job) -> None:
    """Let it wait again, unless it was heard of meanwhile; its message counts as lost."""
    lapsed = Job.objects.filter(
        pk=job.pk, state=Job.State.RUNNING, starts=job.starts, leased_until=job.leased_until
    )
    lapsed.update(
        state=Job.State.QUEUED,
        leased_until=None,
        asked_at=job.asked_at - ASKED_AGAIN_AFTER,
        steps_done=0,
    )
