"""Work that takes longer than a reader waits, with its progress and its result."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """Work in the background."""

    name = "ntm_portal.jobs"
    label = "jobs"
    verbose_name = _("Work in the background")

    def ready(self) -> None:
        """Register the system check."""
        from ntm_portal.jobs import checks  # noqa: F401, PLC0415  (registering is its purpose)
