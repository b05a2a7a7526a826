"""The project; importing it makes the Celery application the current one."""

from ntm_portal.celery import app as celery_app

__all__ = ["celery_app"]
