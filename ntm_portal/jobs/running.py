"""One run of a piece of work: claimed, done while telling how far it is, and its result kept.

Each run bears the number of its start. A run that was given up for dead and yet lives finds that
the number has gone on; it then stops, and nothing of it is kept.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import PurePath
from time import monotonic
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.core.files import File
from django.db import OperationalError, transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ntm_portal.jobs.kinds import Result, kind_of
from ntm_portal.jobs.models import Job, JobQuerySet
from ntm_portal.lib.errors import DomainError

if TYPE_CHECKING:
    from datetime import datetime

LEASE = timedelta(minutes=3)  # silent for so long, and a run is held for dead
TOLD_EVERY = 1.0  # seconds: progress is for people, and every word of it is a write
KEPT_AFTER_FAILING = timedelta(days=7)

logger = logging.getLogger(__name__)


class Superseded(Exception):  # noqa: N818  (a way to stop, not an error)
    """Another run has taken the place of this one."""


def run(job_id: int) -> None:
    """Do the work if it still waits; whatever happens, say in its row what came of it."""
    job = _claim(job_id, timezone.now())
    if job is None:
        return
    with translation.override(job.language):
        try:
            kind = kind_of(job.kind)
            result = kind.work(CurrentRun(job))
            _keep(job, result, timezone.now() + kind.kept_for)
        except Superseded:
            logger.warning("Job %s: run %s was overtaken by another", job.pk, job.starts)
        except OperationalError:
            raise  # the database was locked for too long: the sweep runs it again
        except DomainError as refusal:
            fail(job, str(refusal))
        except Exception:
            logger.exception("Job %s of kind %s failed", job.pk, job.kind)
            fail(job, _("Something went wrong in the portal. It has been noted down."))


class CurrentRun:
    """What the work is handed."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._told_at = float("-inf")
        self.arguments: dict[str, Any] = job.arguments
        self.by = job.owner
        self.by.scope = self.by.scope.narrowed(job.area, may_write=job.may_write)

    def tell(self, done: int, of: int, words: str = "") -> None:
        """Write down how far it is, at most once a second; stop a run that was overtaken."""
        if 0 < done < of and monotonic() - self._told_at < TOLD_EVERY:
            return
        self._told_at = monotonic()
        told = _same_run(self._job).update(
            steps_done=min(done, of),
            steps_total=of,
            step=words[:200],
            leased_until=timezone.now() + LEASE,
        )
        if not told:
            raise Superseded


def fail(job: Job, sentence: str) -> None:
    """Say why nothing came of it, unless another run has taken its place."""
    now = timezone.now()
    _same_run(job).update(
        state=Job.State.FAILED,
        fault=sentence,
        finished_at=now,
        expires_at=now + KEPT_AFTER_FAILING,
        leased_until=None,
    )


def _claim(job_id: int, now: datetime) -> Job | None:
    """Take the job; of two workers that try, one gets it."""
    waiting = Job.objects.filter(pk=job_id, state=Job.State.QUEUED)
    claimed = waiting.update(
        state=Job.State.RUNNING,
        starts=F("starts") + 1,
        started_at=now,
        leased_until=now + LEASE,
    )
    return Job.objects.select_related("owner").get(pk=job_id) if claimed else None


def _same_run(job: Job) -> JobQuerySet:
    return Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, starts=job.starts)


def _keep(job: Job, result: Result, until: datetime) -> None:
    """Keep what came of it; a file whose run was overtaken meanwhile is put away again."""
    if result.file is not None:
        _store(job, result)
    is_kept = False
    try:
        is_kept = _finish(job, result, until)
    finally:
        if job.file and not is_kept:
            job.file.delete(save=False)
    if not is_kept:
        raise Superseded


@transaction.atomic
def _finish(job: Job, result: Result, until: datetime) -> bool:
    """Write the end of this run into its row, if it is still the one that counts."""
    now = _same_run(job).select_for_update().first()
    if now is None:
        return False
    job.steps_total = job.steps_done = now.steps_total or 1  # also what was not told any more
    job.state, job.finished_at, job.expires_at = Job.State.DONE, timezone.now(), until
    job.result, job.address, job.leased_until = result.data, result.address, None
    job.save()
    return True


def _store(job: Job, result: Result) -> None:
    content = File(result.file)
    job.file_name, job.content_type = result.name, result.content_type
    job.file.save(f"{uuid4().hex}{PurePath(result.name).suffix}", content, save=False)
    job.size_bytes = job.file.size
    content.close()
