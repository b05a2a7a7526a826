"""Producers, products, evaluations, certificates."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ntm_portal.mail import kinds


class OcopConfig(AppConfig):
    """Producers, products, evaluations, certificates."""

    name = "ocop"
    verbose_name = _("OCOP products")

    def ready(self) -> None:
        """Register the mails that people can choose."""
        kinds.register(
            kinds.Kind(
                "ocop-expiring",
                _("OCOP certificates that end soon"),
                _("To officers, 6, 3 and 1 months before certificates of their area end."),
                "mail/ocop_expiring.txt",
            )
        )
