"""The messages by which workers run jobs, find those that broke off, and throw old ones away."""

from __future__ import annotations

from celery import shared_task
from django.db import OperationalError

from ntm_portal.jobs import running, sweeping


@shared_task(  # type: ignore[untyped-decorator]  # celery ships no types
    name="jobs.run",
    autoretry_for=(OperationalError,),  # the embedded database was locked for too long
    retry_backoff=True,
    max_retries=5,
)
def run_job(job_id: int) -> None:
    """Run the job if it still waits."""
    running.run(job_id)


@shared_task(name="jobs.sweep")  # type: ignore[untyped-decorator]  # celery ships no types
def sweep_jobs() -> None:
    """Begin anew what broke off or was never begun."""
    for job_id in sweeping.sweep():
        run_job.delay(job_id)


@shared_task(name="jobs.purge")  # type: ignore[untyped-decorator]  # celery ships no types
def purge_jobs() -> None:
    """Throw away what need not be kept any longer."""
    sweeping.purge()
