"""Changes told to other systems, as the ledger holds them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ntm_portal.mail import kinds

PAUSED = "webhook-paused"


class WebhooksConfig(AppConfig):
    """Changes told to other systems, as the ledger holds them."""

    name = "ntm_portal.webhooks"
    label = "webhooks"
    verbose_name = _("Webhooks")

    def ready(self) -> None:
        """Make the mail known that tells an owner that a webhook was paused."""
        kinds.register(
            kinds.Kind(
                code=PAUSED,
                name=_("A webhook was paused"),
                about=_("When an address that you gave has not answered for a day."),
                template="webhooks/paused.txt",
            )
        )
