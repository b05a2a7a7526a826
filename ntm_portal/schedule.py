"""What the portal does by itself, and when; a run that nobody took in time is dropped."""

from typing import Any

from celery.schedules import crontab

HOUR, DAY = 3_600.0, 86_400.0

Entry = dict[str, Any]  # Celery's own form of one line of its schedule


def _every(seconds: float, task: str) -> Entry:
    """Run a task again and again; what was not taken by the next time is left out."""
    return {"task": task, "schedule": seconds, "options": {"expires": seconds}}


def _each_morning(minute: int, task: str) -> Entry:
    """Run a task at a minute after seven."""
    return {
        "task": task,
        "schedule": crontab(hour=7, minute=minute),
        "options": {"expires": 6 * HOUR},
    }


SCHEDULE = {
    "sweep stale units": _every(30.0, "programme.refresh_stale"),
    "remind of OCOP certificates that end": _each_morning(0, "ocop.remind"),
    "remind of rounds that are due": _each_morning(10, "criteria.remind"),
    "send waiting mails": _every(60.0, "mail.deliver"),
    "tell webhooks": _every(10.0, "webhooks.sweep"),
    "forget old tellings": _every(DAY, "webhooks.forget"),
    "tidy up after other systems": _every(HOUR, "accounts.tidy_up"),
    "send bulletins": _every(300.0, "programme.send_bulletins"),
    "sweep jobs that broke off": _every(30.0, "jobs.sweep"),
    "throw old results away": _every(HOUR, "jobs.purge"),
}
