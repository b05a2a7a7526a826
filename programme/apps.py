"""Targets, roll-up and the dashboard."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ntm_portal.mail import kinds


class ProgrammeConfig(AppConfig):
    """Targets, roll-up and the dashboard."""

    name = "programme"
    verbose_name = _("Programme")

    def ready(self) -> None:
        """Register the mails that people can choose."""
        kinds.register(
            kinds.Kind(
                "bulletin",
                _("Bulletin of units"),
                _("To those who subscribed to a unit: a target turns, a round is published."),
                "mail/bulletin.txt",
            )
        )
