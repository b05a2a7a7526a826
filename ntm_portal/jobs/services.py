"""Asking for work in the background."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from kombu.exceptions import OperationalError

from ntm_portal.jobs.kinds import kind_of
from ntm_portal.jobs.models import Job
from ntm_portal.jobs.tasks import run_job

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ntm_portal.accounts.models import User
    from ntm_portal.accounts.token_models import ApiToken

logger = logging.getLogger(__name__)


def start(
    kind: str,
    arguments: Mapping[str, Any],  # whatever JSON can hold
    *,
    by: User,
    token: ApiToken | None = None,
    back: str = "",
) -> Job:
    """Write down, in the caller's transaction, that this work is wanted; it begins on commit.

    Asked over the API, hand on the token (`request.auth`): the work may no more than it. `back` is
    the page that led here. Were the broker down, the sweep sends the message later.
    """
    kind_of(kind)
    job = Job.objects.create(
        owner=by,
        token=token,
        area=token.area.path if token and token.area else "",
        may_write=token is None or token.may_write,
        kind=kind,
        arguments=dict(arguments),
        language=get_language() or settings.LANGUAGE_CODE,
        back=back,
        asked_at=timezone.now(),
    )
    transaction.on_commit(partial(_send, job.pk))
    return job


def _send(job_id: int) -> None:
    try:
        run_job.delay(job_id)
    except (OperationalError, OSError) as error:
        logger.warning("No worker was told of job %s, the sweep will: %s", job_id, error)
